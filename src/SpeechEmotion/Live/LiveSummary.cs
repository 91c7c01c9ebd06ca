namespace SpeechEmotion.Live;

/// <summary>What a session heard, and how fast.</summary>
/// <param name="Seconds">Length of the stream.</param>
/// <param name="Utterances">Number of utterances.</param>
/// <param name="SpeechSeconds">Their length together.</param>
/// <param name="MeanConfidence">Mean of the utterances' confidences; 0 without any.</param>
/// <param name="EmotionSeconds">Length of the utterances decided for each label, in the model's order.</param>
/// <param name="LatencyP50">Milliseconds from a window's last sample to its event, for sound that comes at its own pace: half of the events took no longer.</param>
/// <param name="LatencyP95">The same for 95 of 100.</param>
/// <param name="LatencyP99">The same for 99 of 100.</param>
/// <param name="RealTimeFactor">Seconds of work for one second of sound.</param>
public sealed record LiveSummary(
    double Seconds,
    int Utterances,
    double SpeechSeconds,
    double MeanConfidence,
    OrderedDictionary<string, double> EmotionSeconds,
    double LatencyP50,
    double LatencyP95,
    double LatencyP99,
    double RealTimeFactor)
{
    /// <summary>Utterances too uncertain to name an emotion; they are in all other figures.</summary>
    public int Uncertain { get; init; }

    /// <summary>Seconds of sound lost in overruns.</summary>
    public double LostSeconds { get; init; }
}
