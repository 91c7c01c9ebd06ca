using SpeechEmotion.Live;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Live events as plain text.</summary>
internal static class LiveText
{
    /// <summary>Message at the end of a stall.</summary>
    public const string Resumed = "audio arrives again";

    public static IEnumerable<string> Lines(LiveEvent liveEvent) => liveEvent.Type switch
    {
        LiveEventType.Listening => [$"listening to {liveEvent.Message}"],
        LiveEventType.Stalled or LiveEventType.Overrun or LiveEventType.SourceLost =>
            [$"{Clock(liveEvent.Time)}  {liveEvent.Message}"],
        LiveEventType.Resumed => [$"{Clock(liveEvent.Time)}  {Resumed}"],
        LiveEventType.NoSpeech => [$"{Clock(liveEvent.Time)}  no speech since {Clock(liveEvent.Start!.Value)}"],
        LiveEventType.UtteranceStart => [$"{Clock(liveEvent.Time)}  speech since {Clock(liveEvent.Start!.Value)}"],
        LiveEventType.Measurement => [$"{Clock(liveEvent.Time)}    {Emotion(liveEvent)}"],
        LiveEventType.UtteranceEnd =>
            [$"{Clock(liveEvent.Time)}  utterance {Clock(liveEvent.Start!.Value)} – {Clock(liveEvent.End!.Value)}: {Emotion(liveEvent)}"],
        _ => Summary(liveEvent),
    };

    /// <summary>The summary of a session.</summary>
    public static IEnumerable<string> Summary(LiveEvent liveEvent)
    {
        LiveSummary summary = liveEvent.Summary!;
        if (summary.Utterances == 0)
            yield return $"{Clock(summary.Seconds)} of audio, no speech";
        else
        {
            string utterances = $"{summary.Utterances} {(summary.Utterances == 1 ? "utterance" : "utterances")}";
            yield return $"{Clock(summary.Seconds)} of audio, {utterances}, {summary.SpeechSeconds:0.0} s of speech";
            yield return $"  overall {liveEvent.Emotion} {Percent(liveEvent.Confidence!.Value)}; " +
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

    private static string Emotion(LiveEvent liveEvent) =>
        $"{liveEvent.Emotion} {Percent(liveEvent.Confidence!.Value)}{Doubt(liveEvent)}{Second(liveEvent)}";

    private static string Doubt(LiveEvent liveEvent) => liveEvent.Uncertain == true ? " uncertain" : "";

    private static string Second(LiveEvent liveEvent)
    {
        KeyValuePair<string, float> next = liveEvent.Probabilities!
            .Where(pair => pair.Key != liveEvent.Emotion)
            .OrderByDescending(pair => pair.Value)
            .FirstOrDefault();
        return next.Key is null ? "" : $" ({next.Key} {Percent(next.Value)})";
    }
}
