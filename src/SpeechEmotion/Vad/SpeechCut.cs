namespace SpeechEmotion.Vad;

/// <summary>What the segmenter has to say.</summary>
internal enum CutKind
{
    /// <summary>There has been no speech since Start.</summary>
    NoSpeech,
    /// <summary>An utterance has begun.</summary>
    Start,
    /// <summary>A window inside an utterance is due.</summary>
    Measure,
    /// <summary>An utterance is over.</summary>
    End,
}

/// <summary>A stretch of a stream, in samples from its beginning.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First sample.</param>
/// <param name="End">Sample behind the last; for <see cref="CutKind.NoSpeech"/> and <see cref="CutKind.Start"/> how far the stream was heard.</param>
internal readonly record struct SpeechCut(CutKind Kind, long Start, long End);
