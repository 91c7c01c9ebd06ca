namespace SpeechEmotion.Streaming;

/// <summary>What a stream's classifier has to say.</summary>
internal enum StreamEventKind
{
    /// <summary>There has been no speech since Start.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of an utterance's last seconds, while it goes on.</summary>
    Measurement,
    /// <summary>A window that the decision of its utterance is pooled from.</summary>
    Window,
    /// <summary>An utterance is over: its probabilities are pooled from its windows.</summary>
    UtteranceEnd,
}

/// <summary>Something found in a stream; times in seconds from its beginning.</summary>
/// <param name="Kind">What.</param>
/// <param name="Time">How far the stream was heard when it was found.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; for a beginning, how far the stream was heard.</param>
/// <param name="Probabilities">In label order; empty for <see cref="StreamEventKind.NoSpeech"/> and <see cref="StreamEventKind.UtteranceStart"/>.</param>
internal sealed record StreamEvent(StreamEventKind Kind, double Time, double Start, double End, IReadOnlyList<float> Probabilities)
{
    /// <summary>Seconds of the voice that were known when it was found; 0 for a model that does not adapt.</summary>
    public double SpeakerSeconds { get; init; }
}
