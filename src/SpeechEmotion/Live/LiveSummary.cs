namespace SpeechEmotion.Live;

/// <summary>Statistics of a session.</summary>
/// <param name="Seconds">Length of the stream in seconds.</param>
/// <param name="Utterances">Number of utterances.</param>
/// <param name="SpeechSeconds">Total length of the utterances in seconds.</param>
/// <param name="MeanConfidence">Mean confidence of the utterances; 0 without utterances.</param>
/// <param name="EmotionSeconds">Seconds of the utterances classified as each label, in the model's order.</param>
/// <param name="LatencyP50">Median of the milliseconds from a window's last sample to its event, for audio in real time.</param>
/// <param name="LatencyP95">95th percentile of the same.</param>
/// <param name="LatencyP99">99th percentile of the same.</param>
/// <param name="RealTimeFactor">Seconds of processing per second of audio.</param>
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
    /// <summary>Number of utterances below the confidence threshold; all other statistics include them.</summary>
    public int Uncertain { get; init; }

    /// <summary>Seconds of audio lost in overruns.</summary>
    public double LostSeconds { get; init; }
}
