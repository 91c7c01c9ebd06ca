namespace SpeechEmotion.Corpora;

/// <summary>A problem in a corpus. Problems with the same kind and reason are counted together.</summary>
/// <param name="Kind">The consequence.</param>
/// <param name="Path">The file, relative to the corpus folder; the first of several.</param>
/// <param name="Reason">The cause, without the path.</param>
/// <param name="Count">Number of files concerned.</param>
public sealed record CorpusProblem(CorpusProblemKind Kind, string Path, string Reason, int Count = 1)
{
    /// <summary>One line with the file, the number of further files, and the reason.</summary>
    public override string ToString() => Count == 1 ? $"{Path}: {Reason}" : $"{Path} and {Count - 1} more: {Reason}";
}

/// <summary>The consequence of a problem.</summary>
public enum CorpusProblemKind
{
    /// <summary>The file cannot be read as audio and is not used.</summary>
    Unreadable,
    /// <summary>The name does not follow the naming scheme of the corpus; the file is not used.</summary>
    Misnamed,
    /// <summary>The file is left out on purpose: a label that the settings drop, song in a speech corpus, a copy of another file.</summary>
    LeftOut,
    /// <summary>The file is used nevertheless.</summary>
    Warning,
}
