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
    private readonly Lock gate = new();
    private readonly IReadOnlyList<string> labels;
    private readonly double maxSingleBand;
    private readonly List<TimelineBand> bands = [];
    private readonly List<LiveEvent> measured = [];
    private LiveEvent? summary;
    private int utterances;

    /// <param name="labels">The model's labels.</param>
    /// <param name="longest">Seconds up to which an utterance is one band: <see cref="LiveSettings.UtteranceSeconds"/>.</param>
    public Timeline(IReadOnlyList<string> labels, double longest) => (this.labels, this.maxSingleBand) = (labels, longest);

    /// <summary>File name endings that <see cref="Save"/> knows.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".json", ".vtt", ".png"];

    /// <summary>What was listened to, for the picture.</summary>
    public string Title { get; init; } = "";

    /// <summary>The outline of the waveform, for the picture.</summary>
    internal Envelope Envelope { get; } = new();

    /// <summary>The bands in time order.</summary>
    public IReadOnlyList<TimelineBand> Bands => bands;

    /// <summary>Takes an event in.</summary>
    public void Add(LiveEvent liveEvent)
    {
        ArgumentNullException.ThrowIfNull(liveEvent);
        lock (gate)
            Take(liveEvent);
    }

    /// <summary>Writes the timeline as its file name's ending says: CSV, JSON, WebVTT captions, or a picture. Whole or not at all; what was heard so far, while the session still goes on.</summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Endings"/>.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Save(string path)
    {
        lock (gate)
            Write(path);
    }

    /// <summary>A header and a row for each band.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.Append(CsvLine.Format(["utterance", "start", "end", "emotion", "confidence", .. labels])).Append('\n');
        foreach (TimelineBand band in bands)
            text.Append(CsvLine.Format(
            [
                Text(band.Utterance, "0"), Text(band.Start, "0.000"), Text(band.End, "0.000"), band.Emotion, Text(band.Confidence, "0.000000"),
                .. labels.Select(label => Text(band.Probabilities[label], "0.000000")),
            ])).Append('\n');
        return text.ToString();
        static string Text<T>(T value, string format)
            where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
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

    /// <summary>The waveform with the bands behind it: 1200 × 420 pixels.</summary>
    public byte[] ToPng() => TimelinePlot.Draw(Title, summary?.Time ?? bands.LastOrDefault()?.End ?? 0, labels, bands, Envelope.Peaks).Png();

    private void Take(LiveEvent liveEvent)
    {
        switch (liveEvent.Type)
        {
            case LiveEventType.UtteranceStart:
                measured.Clear();
                break;
            case LiveEventType.Measurement:
                measured.Add(liveEvent);
                break;
            case LiveEventType.UtteranceEnd:
                utterances++;
                if (liveEvent.End - liveEvent.Start <= maxSingleBand || measured.Count == 0)
                    bands.Add(Band(liveEvent, liveEvent.Start!.Value, liveEvent.End!.Value));
                else
                    AddMeasured(liveEvent);
                break;
            case LiveEventType.Summary:
                summary = liveEvent;
                break;
        }
    }

    private void Write(string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                AtomicFile.WriteText(path, ToCsv());
                break;
            case ".json":
                AtomicFile.WriteText(path, ToJson());
                break;
            case ".vtt":
                AtomicFile.WriteText(path, ToVtt());
                break;
            case ".png":
                byte[] picture = ToPng();
                AtomicFile.Write(path, stream => stream.Write(picture));
                break;
            default:
                throw new ArgumentException($"{path}: a timeline must end in {string.Join(", ", Endings)}");
        }
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

    private TimelineBand Band(LiveEvent liveEvent, double start, double end) =>
        new(utterances, start, end, liveEvent.Emotion!, liveEvent.Confidence!.Value, liveEvent.Probabilities!);

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
}
