namespace SpeechEmotion.Vad;

/// <summary>Kinds of results of the segmenter.</summary>
internal enum CutKind
{
    /// <summary>There has been no speech since the start of the section.</summary>
    NoSpeech,
    /// <summary>An utterance has started.</summary>
    Start,
    /// <summary>A window inside an utterance is due.</summary>
    Measure,
    /// <summary>An utterance has ended.</summary>
    End,
}

/// <summary>A section of a stream, in samples from the beginning of the stream.</summary>
/// <param name="Kind">Kind of the section.</param>
/// <param name="Start">First sample.</param>
/// <param name="End">
/// Sample after the last. For <see cref="CutKind.NoSpeech"/> and <see cref="CutKind.Start"/> it is the number of samples processed.
/// </param>
internal readonly record struct SpeechCut(CutKind Kind, long Start, long End);
