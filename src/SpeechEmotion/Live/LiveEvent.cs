using SpeechEmotion.Settings;

namespace SpeechEmotion.Live;

/// <summary>Type of a <see cref="LiveEvent"/>.</summary>
public enum LiveEventType
{
    /// <summary>Model and source are ready.</summary>
    Listening,
    /// <summary>No speech since Start: silence, noise or hum.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of the last seconds of an utterance that continues.</summary>
    Measurement,
    /// <summary>An utterance has ended and is classified.</summary>
    UtteranceEnd,
    /// <summary>No samples have arrived for <see cref="LiveSettings.StallSeconds"/>; the session waits.</summary>
    Stalled,
    /// <summary>Samples arrive again.</summary>
    Resumed,
    /// <summary>Samples were lost, because they arrived faster than they were processed; silence replaces them.</summary>
    Overrun,
    /// <summary>The source has failed; its samples so far are classified, and the summary follows.</summary>
    SourceLost,
    /// <summary>The session has ended.</summary>
    Summary,
}

/// <summary>One event of a live session; times in seconds from the start of the stream.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="Time">Length of the stream processed at the event.</param>
public sealed record LiveEvent(LiveEventType Type, double Time)
{
    /// <summary>Start of the pause, window or utterance; else null.</summary>
    public double? Start { get; init; }

    /// <summary>End of the window or utterance; else null.</summary>
    public double? End { get; init; }

    /// <summary>The most probable label; null for an event without probabilities.</summary>
    public string? Emotion { get; init; }

    /// <summary>Its probability.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether the calibrated confidence is below <see cref="LiveSettings.UncertainBelow"/>.</summary>
    public bool? Uncertain { get; init; }

    /// <summary>
    /// Seconds of speech that the model had adapted to; null for a model that does not adapt to speakers, and for an event without
    /// probabilities.
    /// </summary>
    public double? SpeakerSeconds { get; init; }

    /// <summary>Seconds of audio lost; only with <see cref="LiveEventType.Overrun"/>.</summary>
    public double? LostSeconds { get; init; }

    /// <summary>Name of the source, or what happened to it.</summary>
    public string? Message { get; init; }

    /// <summary>Probability of each label, in the model's order; they sum to 1.</summary>
    public OrderedDictionary<string, float>? Probabilities { get; init; }

    /// <summary>
    /// Statistics of the session; only with <see cref="LiveEventType.Summary"/>, whose emotion is that of all windows pooled.
    /// </summary>
    public LiveSummary? Summary { get; init; }

    /// <summary>The event as one line of JSON: <c>type</c> in kebab case, seconds to the millisecond.</summary>
    public string ToJson() => LiveEventJson.Line(this);
}
