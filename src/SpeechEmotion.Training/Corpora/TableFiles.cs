using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>The files of a corpus other than audio, which hold its labels and texts.</summary>
internal static class TableFiles
{
    /// <summary>
    /// Paths, relative to the folder with forward slashes and in ordinal order, of the files whose name fulfils a condition.
    /// </summary>
    public static IReadOnlyList<string> Find(string folder, Func<string, bool> isWanted) => AudioTree.Files(folder, isWanted, null);

    /// <summary>Adds one warning for all labelled utterances without a file.</summary>
    public static void NoteMissing(IEnumerable<string> names, ProblemTally problems)
    {
        foreach (string name in names)
            problems.Add(CorpusProblemKind.Warning, name, "labelled, but there is no file of it");
    }
}
