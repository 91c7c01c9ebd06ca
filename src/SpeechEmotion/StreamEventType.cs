namespace SpeechEmotion;

/// <summary>Type of an event of a stream: one vocabulary from the voice activity detection to the JSON of <c>live</c>.</summary>
public enum StreamEventType
{
    /// <summary>Model and source of a live session are ready.</summary>
    Listening,
    /// <summary>No speech since Start: silence, noise or hum.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    UtteranceStart,
    /// <summary>The probabilities of the last seconds of an utterance that continues.</summary>
    Measurement,
    /// <summary>A window whose probabilities are pooled into those of its utterance. Live sessions do not report it.</summary>
    Window,
    /// <summary>An utterance has ended and is classified.</summary>
    UtteranceEnd,
    /// <summary>No samples have arrived for <c>Live.StallSeconds</c>; the session waits.</summary>
    Stalled,
    /// <summary>Samples arrive again.</summary>
    Resumed,
    /// <summary>Samples were lost; silence of the same length replaces them where they were.</summary>
    Overrun,
    /// <summary>The source has failed; its samples so far are classified, and the summary follows.</summary>
    SourceLost,
    /// <summary>The stream has ended.</summary>
    Summary,
}
