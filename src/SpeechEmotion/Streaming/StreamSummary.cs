namespace SpeechEmotion.Streaming;

/// <summary>Statistics of a stream or a live session.</summary>
/// <param name="Seconds">Length of the stream in seconds.</param>
/// <param name="Utterances">Number of utterances.</param>
/// <param name="SpeechSeconds">Total length of the utterances in seconds.</param>
/// <param name="MeanConfidence">Mean confidence of the utterances; 0 without utterances.</param>
/// <param name="EmotionSeconds">Seconds of the utterances classified as each label, in the model's order.</param>
public sealed record StreamSummary(
    double Seconds,
    int Utterances,
    double SpeechSeconds,
    double MeanConfidence,
    OrderedDictionary<string, double> EmotionSeconds)
{
    /// <summary>
    /// Median of the milliseconds from a window's last sample to its event, for audio in real time; 0 without a session.
    /// </summary>
    public double LatencyP50 { get; init; }

    /// <summary>95th percentile of the same.</summary>
    public double LatencyP95 { get; init; }

    /// <summary>99th percentile of the same.</summary>
    public double LatencyP99 { get; init; }

    /// <summary>Seconds of processing per second of audio; 0 without a session.</summary>
    public double RealTimeFactor { get; init; }

    /// <summary>Number of utterances below the confidence threshold; all other statistics include them.</summary>
    public int Uncertain { get; init; }

    /// <summary>Seconds of audio lost in overruns.</summary>
    public double LostSeconds { get; init; }
}
