using System.Globalization;
using System.Text;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Live;

/// <summary>
/// A session's emotions over time, to be kept: one band for an utterance that was decided as a whole; a long one in bands of
/// equal emotion, as it was measured.
/// </summary>
public sealed class Timeline
{
    private readonly IReadOnlyList<string> labels;
    private readonly double longest;
    private readonly List<TimelineBand> bands = [];
    private readonly List<LiveEvent> measured = [];
    private LiveEvent? summary;
    private int utterances;

    /// <param name="labels">The model's labels.</param>
    /// <param name="longest">Seconds up to which an utterance is one band: <see cref="LiveSettings.UtteranceSeconds"/>.</param>
    public Timeline(IReadOnlyList<string> labels, double longest) => (this.labels, this.longest) = (labels, longest);

    /// <summary>File name endings that <see cref="Save"/> knows.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".json", ".vtt"];

    /// <summary>The bands in time order.</summary>
    public IReadOnlyList<TimelineBand> Bands => bands;

    /// <summary>Takes an event in.</summary>
    public void Add(LiveEvent heard)
    {
        ArgumentNullException.ThrowIfNull(heard);
        switch (heard.Type)
        {
            case LiveEventType.UtteranceStart:
                measured.Clear();
                break;
            case LiveEventType.Measurement:
                measured.Add(heard);
                break;
            case LiveEventType.UtteranceEnd:
                utterances++;
                if (heard.End - heard.Start <= longest || measured.Count == 0)
                    bands.Add(Band(heard, heard.Start!.Value, heard.End!.Value));
                else
                    AddMeasured(heard);
                break;
            case LiveEventType.Summary:
                summary = heard;
                break;
        }
    }

    /// <summary>Writes the timeline as its file name's ending says: CSV, JSON, or WebVTT captions. Whole or not at all.</summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Endings"/>.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => ToCsv(),
        ".json" => ToJson(),
        ".vtt" => ToVtt(),
        var other => throw new ArgumentException($"{path}: a timeline ends in {string.Join(", ", Endings)}, not '{other}'"),
    });

    /// <summary>A header and a row for each band.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.Append("utterance,start,end,emotion,confidence,").AppendJoin(',', labels.Select(Quoted)).Append('\n');
        foreach (TimelineBand band in bands)
            text.Append(CultureInfo.InvariantCulture, $"{band.Utterance},{band.Start:0.000},{band.End:0.000},{Quoted(band.Emotion)},{band.Confidence:0.000000},")
                .AppendJoin(',', labels.Select(label => band.Probabilities[label].ToString("0.000000", CultureInfo.InvariantCulture))).Append('\n');
        return text.ToString();
    }

    /// <summary>An object of <c>labels</c>, <c>bands</c>, and the <c>summary</c> event.</summary>
    public string ToJson() => LiveEventJson.Indented(new { labels, bands, summary }) + "\n";

    /// <summary>A caption for each band.</summary>
    public string ToVtt()
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (TimelineBand band in bands)
            text.Append(CultureInfo.InvariantCulture, $"\n{Clock(band.Start)} --> {Clock(band.End)}\n{Escaped(band.Emotion)} {100 * band.Confidence:0} %\n");
        return text.ToString();
    }

    private void AddMeasured(LiveEvent whole)
    {
        double start = whole.Start!.Value;
        for (int i = 0; i < measured.Count; i++)
        {
            double end = i == measured.Count - 1 ? whole.End!.Value : measured[i].End!.Value;
            if (i > 0 && bands[^1].Emotion == measured[i].Emotion)
                bands[^1] = Joined(bands[^1], measured[i], end);
            else
                bands.Add(Band(measured[i], start, end));
            start = end;
        }
    }

    private TimelineBand Band(LiveEvent heard, double start, double end) =>
        new(utterances, start, end, heard.Emotion!, heard.Confidence!.Value, heard.Probabilities!);

    /// <summary>A band made longer, its probabilities the mean over its length.</summary>
    private static TimelineBand Joined(TimelineBand band, LiveEvent next, double end)
    {
        double before = band.End - band.Start, after = end - band.End;
        float share = (float)(after / (before + after));
        var mean = new OrderedDictionary<string, float>(band.Probabilities
            .Select(pair => KeyValuePair.Create(pair.Key, ((1 - share) * pair.Value) + (share * next.Probabilities![pair.Key]))));
        return band with { End = end, Probabilities = mean, Confidence = mean[band.Emotion] };
    }

    private static string Clock(double seconds)
    {
        long ms = (long)Math.Round(1000 * seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{ms / 3600000:00}:{ms / 60000 % 60:00}:{ms / 1000 % 60:00}.{ms % 1000:000}");
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
