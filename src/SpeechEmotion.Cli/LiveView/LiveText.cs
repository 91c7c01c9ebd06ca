using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Live events as plain text.</summary>
internal static class LiveText
{
    /// <summary>Message at the end of a stall.</summary>
    public const string Resumed = "audio arrives again";

    public static IEnumerable<string> Lines(StreamEvent found) => found.Type switch
    {
        StreamEventType.Listening => [$"listening to {found.Message}"],
        StreamEventType.Stalled or StreamEventType.Overrun or StreamEventType.SourceLost =>
            [$"{Clock(found.Time)}  {found.Message}"],
        StreamEventType.Resumed => [$"{Clock(found.Time)}  {Resumed}"],
        StreamEventType.NoSpeech => [$"{Clock(found.Time)}  no speech since {Clock(found.Start!.Value)}"],
        StreamEventType.UtteranceStart => [$"{Clock(found.Time)}  speech since {Clock(found.Start!.Value)}"],
        StreamEventType.Measurement => [$"{Clock(found.Time)}    {Emotion(found)}"],
        StreamEventType.UtteranceEnd =>
            [$"{Clock(found.Time)}  utterance {Clock(found.Start!.Value)} – {Clock(found.End!.Value)}: {Emotion(found)}"],
        _ => Summary(found),
    };

    /// <summary>The summary of a session.</summary>
    public static IEnumerable<string> Summary(StreamEvent found)
    {
        StreamSummary summary = found.Summary!;
        if (summary.Utterances == 0)
            yield return $"{Clock(summary.Seconds)} of audio, no speech";
        else
        {
            string utterances = $"{summary.Utterances} {(summary.Utterances == 1 ? "utterance" : "utterances")}";
            yield return $"{Clock(summary.Seconds)} of audio, {utterances}, {summary.SpeechSeconds:0.0} s of speech";
            yield return $"  overall {found.Emotion} {Percent(found.Confidence!.Value)}; " +
                $"mean confidence {Percent(summary.MeanConfidence)}";
        }
        var emotions = summary.EmotionSeconds.Where(pair => pair.Value > 0).OrderByDescending(pair => pair.Value);
        foreach ((string emotion, double seconds) in emotions)
            yield return $"  {emotion,-12} {seconds,7:0.0} s {Percent(seconds / summary.SpeechSeconds),8}";
        if (summary.Uncertain > 0)
            yield return $"  uncertain: {summary.Uncertain} of {summary.Utterances}";
        if (summary.LostSeconds > 0)
            yield return $"  lost: {summary.LostSeconds:0.0} s of audio arrived faster than it was processed";
        string latency = summary.Utterances == 0 ? ""
            : $"latency p50 {summary.LatencyP50:0.0} ms, p95 {summary.LatencyP95:0.0} ms, p99 {summary.LatencyP99:0.0} ms; ";
        yield return $"{latency}real-time factor {summary.RealTimeFactor:0.0000}";
    }

    /// <summary>Minutes and seconds.</summary>
    public static string Clock(double seconds)
    {
        long tenths = (long)Math.Round(10 * seconds);
        return $"{tenths / 600:00}:{tenths / 10 % 60:00}.{tenths % 10}";
    }

    public static string Percent(double share) => $"{100 * share:0.0} %";

    private static string Emotion(StreamEvent found) =>
        $"{found.Emotion} {Percent(found.Confidence!.Value)}{Doubt(found)}{Second(found)}";

    private static string Doubt(StreamEvent found) => found.Uncertain == true ? " uncertain" : "";

    private static string Second(StreamEvent found)
    {
        KeyValuePair<string, float> next = found.Probabilities!
            .Where(pair => pair.Key != found.Emotion)
            .OrderByDescending(pair => pair.Value)
            .FirstOrDefault();
        return next.Key is null ? "" : $" ({next.Key} {Percent(next.Value)})";
    }
}
