using System.Text.Json.Serialization;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Streaming;

/// <summary>One event of a stream or of a live session; times in seconds from the start of the stream.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="Time">Length of the stream processed at the event.</param>
public sealed record StreamEvent(StreamEventType Type, double Time)
{
    /// <summary>
    /// Number of the event in its stream, from 0; null for an event of the session alone, such as
    /// <see cref="StreamEventType.Stalled"/>. A restored stream continues the numbers, so that a receiver can drop what it has already.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>Start of the pause, window, utterance or loss; else null.</summary>
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

    /// <summary>Seconds of audio lost; only with <see cref="StreamEventType.Overrun"/>.</summary>
    public double? LostSeconds { get; init; }

    /// <summary>Name of the source, or what happened to it.</summary>
    public string? Message { get; init; }

    /// <summary>Probability of each label, in the model's order; they sum to 1.</summary>
    public OrderedDictionary<string, float>? Probabilities { get; init; }

    /// <summary>
    /// Statistics of the stream; only with <see cref="StreamEventType.Summary"/>, whose emotion is that of all windows pooled.
    /// </summary>
    public StreamSummary? Summary { get; init; }

    /// <summary>
    /// The vector before the last layer of the network, of each ensemble member in turn; only with
    /// <see cref="StreamEventType.Window"/>, and not part of the JSON.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<float>? Embedding { get; init; }

    /// <summary>The event as one line of JSON: <c>type</c> in kebab case, seconds to the millisecond.</summary>
    public string ToJson() => StreamEventJson.Line(this);
}
