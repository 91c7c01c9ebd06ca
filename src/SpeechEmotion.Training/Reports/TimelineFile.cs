using SpeechEmotion.Live;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>Timelines as files.</summary>
public static class TimelineFile
{
    /// <summary>File name endings that <see cref="Save"/> knows.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".csv", ".json", ".vtt", ".png"];

    /// <summary>
    /// Writes a timeline in the format of the file name's ending: CSV, JSON, WebVTT captions, or a picture. The file is written whole or
    /// not at all; during a session it holds the bands so far.
    /// </summary>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Endings"/>.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Save(this Timeline timeline, string path)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                AtomicFile.WriteText(path, timeline.ToCsv());
                break;
            case ".json":
                AtomicFile.WriteText(path, timeline.ToJson());
                break;
            case ".vtt":
                AtomicFile.WriteText(path, timeline.ToVtt());
                break;
            case ".png":
                byte[] picture = timeline.ToPng();
                AtomicFile.Write(path, stream => stream.Write(picture));
                break;
            default:
                throw new ArgumentException($"{path}: a timeline must end in {string.Join(", ", Endings)}");
        }
    }

    /// <summary>The waveform with the bands behind it: 1200 × 420 pixels.</summary>
    public static byte[] ToPng(this Timeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        return TimelinePlot.Draw(timeline.Title, timeline.Seconds, timeline.Labels, timeline.Bands, timeline.Envelope.Peaks).Png();
    }
}
