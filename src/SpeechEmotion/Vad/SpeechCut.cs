using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>A section of a stream, in samples from the beginning of the stream.</summary>
/// <param name="Type">
/// <see cref="StreamEventType.NoSpeech"/>, <see cref="StreamEventType.UtteranceStart"/>, <see cref="StreamEventType.Measurement"/>
/// (a window inside an utterance is due), <see cref="StreamEventType.UtteranceEnd"/>, or <see cref="StreamEventType.Overrun"/>.
/// </param>
/// <param name="Start">First sample; of the source's samples for an overrun.</param>
/// <param name="End">Sample after the last; for a pause or a start, the number of samples processed.</param>
/// <param name="Time">Number of samples processed when it was found.</param>
internal readonly record struct SpeechCut(StreamEventType Type, long Start, long End, long Time)
{
    /// <summary>Writes this or reads another.</summary>
    public SpeechCut Exchange(StateArchive state) => new(
        state.Exchange(Type), state.Exchange(Start), state.Exchange(End), state.Exchange(Time));
}
