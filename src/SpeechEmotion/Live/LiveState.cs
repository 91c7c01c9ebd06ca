namespace SpeechEmotion.Live;

/// <summary>Current state of a session, for a level meter between events.</summary>
/// <param name="Seconds">Length of the stream processed.</param>
/// <param name="Level">Level of the last VAD frame in dB relative to full scale.</param>
/// <param name="InUtterance">Whether the stream is inside an utterance.</param>
/// <param name="Latency">Milliseconds from the last sample of the last measurement to its event.</param>
public sealed record LiveState(double Seconds, double Level, bool InUtterance, double Latency)
{
    /// <summary>Seconds of speech that the model has adapted to; null for a model that does not adapt to speakers.</summary>
    public double? SpeakerSeconds { get; init; }

    /// <summary>Current fault of the source; null: none.</summary>
    public string? Trouble { get; init; }

    /// <summary>Seconds of audio lost so far.</summary>
    public double LostSeconds { get; init; }
}
