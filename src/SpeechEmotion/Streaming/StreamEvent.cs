namespace SpeechEmotion.Streaming;

/// <summary>Kind of an event of a <see cref="StreamClassifier"/>.</summary>
internal enum StreamEventKind
{
    /// <summary>No speech since Start.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of the last seconds of an utterance that continues.</summary>
    Measurement,
    /// <summary>A window whose probabilities are pooled into those of its utterance.</summary>
    Window,
    /// <summary>An utterance has ended; its probabilities are pooled from its windows.</summary>
    UtteranceEnd,
}

/// <summary>An event of a stream; times in seconds from its start.</summary>
/// <param name="Kind">Kind of the event.</param>
/// <param name="Time">Length of the stream processed at the event.</param>
/// <param name="Start">Start of the pause, window or utterance.</param>
/// <param name="End">End of the window or utterance; for a pause or a start, the length of the stream processed.</param>
/// <param name="Probabilities">
/// In label order; empty for <see cref="StreamEventKind.NoSpeech"/> and <see cref="StreamEventKind.UtteranceStart"/>.
/// </param>
internal sealed record StreamEvent(StreamEventKind Kind, double Time, double Start, double End, IReadOnlyList<float> Probabilities)
{
    /// <summary>Seconds of speech that the model had adapted to; 0 for a model that does not adapt.</summary>
    public double SpeakerSeconds { get; init; }
}
