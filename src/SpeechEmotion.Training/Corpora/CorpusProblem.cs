namespace SpeechEmotion.Corpora;

/// <summary>Something in a corpus that its owner should know; equal ones are counted together.</summary>
/// <param name="Kind">What came of it.</param>
/// <param name="Path">The file, relative to the corpus folder; the first of them when there are several.</param>
/// <param name="Reason">What is the matter, in words that do not repeat the path.</param>
/// <param name="Count">How many files it concerns.</param>
public sealed record CorpusProblem(CorpusProblemKind Kind, string Path, string Reason, int Count = 1)
{
    /// <summary>One line: the file, the reason, and how many more there are.</summary>
    public override string ToString() => Count == 1 ? $"{Path}: {Reason}" : $"{Path} and {Count - 1} more: {Reason}";
}

/// <summary>What came of a problem.</summary>
public enum CorpusProblemKind
{
    /// <summary>The file cannot be read as sound; it is not used.</summary>
    Unreadable,
    /// <summary>The name does not say what the corpus's names say; the file is not used.</summary>
    Misnamed,
    /// <summary>Left out on purpose: a label that the settings drop, song in a speech corpus, a copy of another file.</summary>
    LeftOut,
    /// <summary>Used all the same.</summary>
    Warning,
}
