using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>The audio files below a folder.</summary>
internal static class AudioTree
{
    /// <summary>
    /// Paths relative to the folder, with forward slashes, in ordinal order. Hidden files, the resource forks that macOS puts
    /// into archives (<c>._x.wav</c>, <c>__MACOSX</c>) and links that lead nowhere are not among them; a folder that links
    /// lead to several times is walked once, under its own name where that is below the folder too.
    /// </summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="problems">Gets the folders below it that cannot be listed.</param>
    /// <exception cref="IOException">The folder is not there or cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be listed.</exception>
    public static IReadOnlyList<string> Files(string folder, ProblemTally? problems = null)
    {
        string root = Path.GetFullPath(folder);
        List<string> files = [];
        HashSet<string> walked = [];
        Queue<(string Real, string Shown)> links = [];
        links.Enqueue((RealPath(root), ""));
        while (links.TryDequeue(out (string Real, string Shown) start))
        {
            // Real folders first: what a link leads to keeps its own name.
            Stack<(string Real, string Shown)> pending = new([start]);
            while (pending.TryPop(out (string Real, string Shown) at))
                if (walked.Add(at.Real))
                    TryList(at.Real, at.Shown, files, pending, links, problems);
        }
        files.Sort(string.CompareOrdinal);
        return files;
    }

    /// <summary>One folder that cannot be listed costs what is in it, not the corpus; the one to begin with is the caller's mistake.</summary>
    private static void TryList(
        string real, string shown, List<string> files, Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links, ProblemTally? problems)
    {
        try
        {
            List(real, shown, files, folders, links, problems);
        }
        catch (Exception fault) when (shown.Length > 0 && fault is IOException or UnauthorizedAccessException)
        {
            problems?.Add(CorpusProblemKind.Unreadable, shown, "a folder that cannot be listed");
        }
    }

    private static void List(
        string real, string shown, List<string> files, Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links, ProblemTally? problems)
    {
        List<(string Real, string Shown)> found = [];
        foreach (FileSystemInfo entry in new DirectoryInfo(real).EnumerateFileSystemInfos())
        {
            string name = entry.Name;
            // What cannot be found under its own name, as one whose bytes are no text, has every attribute: it is listed, to be reported.
            FileAttributes attributes = (int)entry.Attributes == -1 ? FileAttributes.Normal : entry.Attributes;
            if (name.StartsWith('.') || name == "__MACOSX" || (attributes & FileAttributes.Hidden) != 0)
                continue;
            bool link = (attributes & FileAttributes.ReparsePoint) != 0;
            if (link && !Path.Exists(entry.FullName))
                continue;
            string path = shown.Length == 0 ? name : $"{shown}/{name}";
            if (entry is not DirectoryInfo)
            {
                if (AudioExtensions.Contains(name))
                    files.Add(path);
            }
            else if (link)
                found.Add((RealPath(entry.FullName), path));
            else
                folders.Push((entry.FullName, path));
        }
        // The order of the file system must not decide which of several links to one folder is followed.
        foreach ((string Real, string Shown) next in found.OrderBy(each => each.Shown, StringComparer.Ordinal))
            links.Enqueue(next);
    }

    /// <summary>The path without links in any of its parts. A loop of links ends with an <see cref="IOException"/> of the system.</summary>
    private static string RealPath(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        DirectoryInfo here = new(Path.Combine(RealPath(parent), Path.GetFileName(path)));
        return here.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here.FullName;
    }
}
