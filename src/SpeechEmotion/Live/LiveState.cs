namespace SpeechEmotion.Live;

/// <summary>Where a session stands at this moment: what a level meter shows between events.</summary>
/// <param name="Seconds">How far the stream was heard.</param>
/// <param name="Level">Level of the last decision in decibels of full scale.</param>
/// <param name="InUtterance">Whether an utterance is going on.</param>
/// <param name="Latency">Milliseconds that the last measurement took from its last sample to its event.</param>
public sealed record LiveState(double Seconds, double Level, bool InUtterance, double Latency)
{
    /// <summary>Seconds of the voice that are known; null for a model that does not adapt to voices.</summary>
    public double? SpeakerSeconds { get; init; }

    /// <summary>What is wrong with the source at this moment, in words; null: nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Seconds of sound lost so far.</summary>
    public double LostSeconds { get; init; }
}
