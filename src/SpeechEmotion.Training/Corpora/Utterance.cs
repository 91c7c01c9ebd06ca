namespace SpeechEmotion.Corpora;

/// <summary>One recording of a corpus, as described by its name, its folder or a manifest.</summary>
/// <param name="Path">
/// File, relative to the corpus folder, with forward slashes and in composed Unicode form. A segment of a file has its limits in seconds at
/// the end: <c>call.wav#1.5-3.25</c>, or <c>call.wav#1.5-</c> up to the end of the file.
/// </param>
/// <param name="Emotion">Label, in its canonical spelling where there is one.</param>
/// <param name="Speaker">
/// Name of the speaker: that of the corpus, a slash and the speaker's in it (<c>tess/OAF</c>); empty when the corpus does not name it.
/// </param>
/// <param name="Text">The spoken text or a code of it; empty when the corpus does not name it.</param>
/// <param name="Part">The part that the corpus defines; null when it defines none.</param>
public sealed record Utterance(string Path, string Emotion, string Speaker, string Text, Part? Part = null)
{
    /// <summary>Name of the corpus; empty for an utterance from memory.</summary>
    public string Corpus { get; init; } = "";
}

/// <summary>The part of a split to which an utterance belongs.</summary>
public enum Part
{
    /// <summary>Weights, normalisation and class sizes are computed from it.</summary>
    Train,
    /// <summary>It determines early stopping, the best epoch and the temperature.</summary>
    Validation,
    /// <summary>Only metrics are computed from it.</summary>
    Test,
}
