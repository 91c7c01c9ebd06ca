namespace SpeechEmotion.Corpora;

/// <summary>One recording of a corpus, as its name and place describe it.</summary>
/// <param name="Path">File, relative to the corpus folder, with forward slashes.</param>
/// <param name="Emotion">Label: canonical where the corpus's own name has a canonical one.</param>
/// <param name="Speaker">Who speaks; unique over joined corpora. Empty when the corpus does not say.</param>
/// <param name="Text">What is said; empty when the corpus does not say.</param>
/// <param name="Part">The part that the corpus itself assigns, if it does.</param>
public sealed record Utterance(string Path, string Emotion, string Speaker, string Text, Part? Part = null);

/// <summary>What an utterance is used for.</summary>
public enum Part
{
    /// <summary>Weights, normalisation and class sizes come from it.</summary>
    Train,
    /// <summary>Early stopping and the choice of the best epoch come from it.</summary>
    Validation,
    /// <summary>Figures come from it, and nothing else.</summary>
    Test,
}
