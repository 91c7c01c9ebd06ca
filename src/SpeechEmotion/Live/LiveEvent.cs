using SpeechEmotion.Settings;

namespace SpeechEmotion.Live;

/// <summary>What a live session has to say.</summary>
public enum LiveEventType
{
    /// <summary>The session hears: model and source are ready.</summary>
    Listening,
    /// <summary>There has been no speech since Start: silence, noise or hum.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of the last seconds of an utterance, while it goes on.</summary>
    Measurement,
    /// <summary>An utterance is over, and decided.</summary>
    UtteranceEnd,
    /// <summary>Nothing has arrived for seconds; the session goes on waiting.</summary>
    Stalled,
    /// <summary>Sound arrives again.</summary>
    Resumed,
    /// <summary>Sound was lost, because it arrived faster than it was heard; silence stands in its place.</summary>
    Overrun,
    /// <summary>The source has failed; what it gave before is decided, and the summary follows.</summary>
    SourceLost,
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

    /// <summary>Whether the confidence, calibrated on the model's validation part, is too low to name an emotion: see <see cref="LiveSettings.UncertainBelow"/>.</summary>
    public bool? Uncertain { get; init; }

    /// <summary>Seconds of this voice that were known; null for a model that does not adapt to voices, and where nothing is judged.</summary>
    public double? SpeakerSeconds { get; init; }

    /// <summary>Seconds of sound lost; only with <see cref="LiveEventType.Overrun"/>.</summary>
    public double? LostSeconds { get; init; }

    /// <summary>What happened to the source, in words.</summary>
    public string? Message { get; init; }

    /// <summary>Probability of each label, in the model's order; they sum to 1.</summary>
    public OrderedDictionary<string, float>? Probabilities { get; init; }

    /// <summary>Figures of the whole session; only with <see cref="LiveEventType.Summary"/>, whose emotion is that of all windows pooled.</summary>
    public LiveSummary? Summary { get; init; }

    /// <summary>The event as one line of JSON: <c>type</c> in kebab case, seconds to the millisecond.</summary>
    public string ToJson() => LiveEventJson.Line(this);
}
