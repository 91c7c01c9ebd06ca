namespace SpeechEmotion.Live;

/// <summary>What a live session has to say.</summary>
public enum LiveEventType
{
    /// <summary>There has been no speech since Start: silence, noise or hum.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of the last seconds of an utterance, while it goes on.</summary>
    Measurement,
    /// <summary>An utterance is over, and decided.</summary>
    UtteranceEnd,
    /// <summary>The session is over.</summary>
    Summary,
}

/// <summary>One event of a live session; times in seconds from the start of the stream.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Time">How far the stream was heard when it was known.</param>
public sealed record LiveEvent(LiveEventType Type, double Time)
{
    /// <summary>Where the pause, window or utterance begins; null for a summary.</summary>
    public double? Start { get; init; }

    /// <summary>Where the window or utterance ends; null while that is not known.</summary>
    public double? End { get; init; }

    /// <summary>The most probable label; null where nothing was measured.</summary>
    public string? Emotion { get; init; }

    /// <summary>Its probability.</summary>
    public double? Confidence { get; init; }

    /// <summary>Probability of each label, in the model's order; they sum to 1.</summary>
    public OrderedDictionary<string, float>? Probabilities { get; init; }

    /// <summary>Seconds of the voice that were known; null for a model that does not adapt to voices, and where nothing is judged.</summary>
    public double? VoiceSeconds { get; init; }

    /// <summary>Figures of the whole session; only with <see cref="LiveEventType.Summary"/>, whose emotion is that of all windows pooled.</summary>
    public LiveSummary? Summary { get; init; }
}
