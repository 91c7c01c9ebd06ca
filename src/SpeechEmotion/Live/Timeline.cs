using System.Globalization;
using System.Text;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>
/// The emotions of a session over time: one band per utterance; an utterance longer than one window has a band for each run of
/// measurements with equal emotion. Events may be added while another thread reads.
/// </summary>
public sealed class Timeline
{
    private readonly Lock gate = new();
    private readonly IReadOnlyList<string> labels;
    private readonly double maxSingleBand;
    private readonly List<TimelineBand> bands = [];
    private readonly List<StreamEvent> measured = [];
    private StreamEvent? summary;
    private int utterances;

    /// <param name="labels">The model's labels.</param>
    /// <param name="maxSingleBand">Seconds up to which an utterance is one band: <see cref="LiveSettings.UtteranceSeconds"/>.</param>
    public Timeline(IReadOnlyList<string> labels, double maxSingleBand) => (this.labels, this.maxSingleBand) = (labels, maxSingleBand);

    /// <summary>Name of the source, which is the title of the figure.</summary>
    public string Title { get; init; } = "";

    /// <summary>Envelope of the waveform, for the figure.</summary>
    public Envelope Envelope { get; } = new();

    /// <summary>The model's labels.</summary>
    public IReadOnlyList<string> Labels => labels;

    /// <summary>The bands so far, in time order.</summary>
    public IReadOnlyList<TimelineBand> Bands
    {
        get
        {
            lock (gate)
                return [.. bands];
        }
    }

    /// <summary>Length in seconds: of the stream after its end, before that up to the last band.</summary>
    public double Seconds
    {
        get
        {
            lock (gate)
                return summary?.Time ?? bands.LastOrDefault()?.End ?? 0;
        }
    }

    /// <summary>Adds an event.</summary>
    public void Add(StreamEvent found)
    {
        ArgumentNullException.ThrowIfNull(found);
        lock (gate)
            Take(found);
    }

    /// <summary>CSV with a header and a row per band.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder();
        text.Append(CsvLine.Format(["utterance", "start", "end", "emotion", "confidence", .. labels])).Append('\n');
        foreach (TimelineBand band in Bands)
            text.Append(CsvLine.Format(
            [
                Text(band.Utterance, "0"),
                Text(band.Start, "0.000"),
                Text(band.End, "0.000"),
                band.Emotion,
                Text(band.Confidence, "0.000000"),
                .. labels.Select(label => Text(band.Probabilities[label], "0.000000")),
            ])).Append('\n');
        return text.ToString();
        static string Text<T>(T value, string format)
            where T : IFormattable => value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>JSON object with <c>labels</c>, <c>bands</c> and the <c>summary</c> event.</summary>
    public string ToJson()
    {
        lock (gate)
            return StreamEventJson.Indented(new { labels, bands, summary }) + "\n";
    }

    /// <summary>WebVTT with a caption per band.</summary>
    public string ToVtt()
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (TimelineBand band in Bands)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Clock(band.Start)} --> {Clock(band.End)}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Escaped(band.Emotion)} {100 * band.Confidence:0} %\n");
        }
        return text.ToString();
    }

    private void Take(StreamEvent found)
    {
        switch (found.Type)
        {
            case StreamEventType.UtteranceStart:
                measured.Clear();
                break;
            case StreamEventType.Measurement:
                measured.Add(found);
                break;
            case StreamEventType.UtteranceEnd:
                utterances++;
                if (found.End - found.Start <= maxSingleBand || measured.Count == 0)
                    bands.Add(Band(found, found.Start!.Value, found.End!.Value));
                else
                    AddMeasured(found);
                break;
            case StreamEventType.Summary:
                summary = found;
                break;
        }
    }

    private void AddMeasured(StreamEvent whole)
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

    private TimelineBand Band(StreamEvent found, double start, double end) =>
        new(utterances, start, end, found.Emotion!, found.Confidence!.Value, found.Probabilities!);

    /// <summary>Extends a band; its probabilities are the mean over its length.</summary>
    private static TimelineBand Joined(TimelineBand band, StreamEvent next, double end)
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

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
