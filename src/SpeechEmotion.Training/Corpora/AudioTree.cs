using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>The audio files below a folder.</summary>
internal static class AudioTree
{
    /// <summary>
    /// Paths relative to the folder, with forward slashes, in ordinal order. Hidden files, the resource forks that macOS adds to archives
    /// (<c>._x.wav</c>, <c>__MACOSX</c>) and broken links are left out. A folder with several links to it is listed once, under its own
    /// name if that is below the folder too.
    /// </summary>
    /// <param name="folder">The root folder.</param>
    /// <param name="problems">Receives the subfolders that cannot be listed.</param>
    /// <exception cref="IOException">The root folder does not exist or cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the root folder is denied.</exception>
    public static IReadOnlyList<string> Files(string folder, ProblemTally? problems = null)
    {
        string root = Path.GetFullPath(folder);
        List<string> files = [];
        HashSet<string> visited = [];
        Queue<(string Real, string Shown)> links = [];
        links.Enqueue((RealPath(root), ""));
        while (links.TryDequeue(out (string Real, string Shown) start))
        {
            // Real folders come before links, so that the target of a link keeps its own name.
            Stack<(string Real, string Shown)> pending = new([start]);
            while (pending.TryPop(out (string Real, string Shown) at))
                if (visited.Add(at.Real))
                    TryList(at.Real, at.Shown, files, pending, links, problems);
        }
        files.Sort(string.CompareOrdinal);
        return files;
    }

    /// <summary>
    /// Lists a folder. If it cannot be listed, only its content is left out; for the root folder the exception is passed on.
    /// </summary>
    private static void TryList(
        string real, string shown, List<string> files,
        Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links, ProblemTally? problems)
    {
        try
        {
            List(real, shown, files, folders, links);
        }
        catch (Exception fault) when (shown.Length > 0 && fault is IOException or UnauthorizedAccessException)
        {
            problems?.Add(CorpusProblemKind.Unreadable, shown, "a folder that cannot be listed");
        }
    }

    private static void List(
        string real, string shown, List<string> files,
        Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links)
    {
        List<(string Real, string Shown)> found = [];
        foreach (FileSystemInfo entry in new DirectoryInfo(real).EnumerateFileSystemInfos())
        {
            string name = entry.Name;
            // An entry that cannot be found under its own name, such as one that is not valid UTF-8, has all attributes set. It is
            // listed, so that it is reported as unreadable later.
            FileAttributes attributes = (int)entry.Attributes == -1 ? FileAttributes.Normal : entry.Attributes;
            if (name.StartsWith('.') || name == "__MACOSX" || (attributes & FileAttributes.Hidden) != 0)
                continue;
            bool isLink = (attributes & FileAttributes.ReparsePoint) != 0;
            if (isLink && !Path.Exists(entry.FullName))
                continue;
            string path = shown.Length == 0 ? name : $"{shown}/{name}";
            if (entry is not DirectoryInfo)
            {
                if (AudioExtensions.Contains(name))
                    files.Add(path);
            }
            else if (isLink)
                found.Add((RealPath(entry.FullName), path));
            else
                folders.Push((entry.FullName, path));
        }
        // The followed one of several links to one folder must not depend on the order of the file system.
        foreach ((string Real, string Shown) next in found.OrderBy(each => each.Shown, StringComparer.Ordinal))
            links.Enqueue(next);
    }

    /// <summary>The path with all links resolved. A cycle of links causes an <see cref="IOException"/>.</summary>
    private static string RealPath(string path)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        DirectoryInfo here = new(Path.Combine(RealPath(parent), Path.GetFileName(path)));
        return here.ResolveLinkTarget(returnFinalTarget: true) is { } target ? RealPath(target.FullName) : here.FullName;
    }
}
