namespace SpeechEmotion.Audio;

/// <summary>The audio files below a folder.</summary>
public static class AudioTree
{
    /// <summary>
    /// Paths relative to the folder, with forward slashes, in ordinal order. Hidden files and the resource forks that macOS adds to
    /// archives (<c>._x.wav</c>, <c>__MACOSX</c>) are left out. Links are followed. A folder with several links to it is listed once, under
    /// its own name if that is below the folder too; a file with several links to it is listed under each name.
    /// </summary>
    /// <param name="folder">The root folder.</param>
    /// <param name="skipped">
    /// Receives what is not followed: links without a target, further links to a folder, and subfolders that cannot be listed.
    /// </param>
    /// <exception cref="IOException">The root folder does not exist or cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the root folder is denied.</exception>
    public static IReadOnlyList<string> Files(string folder, Action<SkippedEntry>? skipped = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Files(folder, AudioExtensions.Contains, skipped);
    }

    /// <summary>The same for the files whose name fulfils a condition.</summary>
    internal static IReadOnlyList<string> Files(string folder, Func<string, bool> isWanted, Action<SkippedEntry>? skipped)
    {
        string root = Path.GetFullPath(folder);
        List<string> files = [];
        HashSet<string> visited = [];
        List<SkippedEntry> left = [];
        Queue<(string Real, string Shown)> links = [];
        links.Enqueue((RealPath(root), ""));
        while (links.TryDequeue(out (string Real, string Shown) start))
        {
            // Real folders come before links, so that the target of a link keeps its own name.
            Stack<(string Real, string Shown)> pending = new([start]);
            while (pending.TryPop(out (string Real, string Shown) at))
                if (visited.Add(at.Real))
                    TryList(at.Real, at.Shown, isWanted, files, pending, links, left);
                else
                    left.Add(new SkippedEntry(at.Shown, "a link to a folder that is listed already", IsUnreadable: false));
        }
        files.Sort(string.CompareOrdinal);
        foreach (SkippedEntry entry in left.OrderBy(each => each.Path, StringComparer.Ordinal))
            skipped?.Invoke(entry);
        return files;
    }

    /// <summary>
    /// Lists a folder. If it cannot be listed, only its content is left out; for the root folder the exception is passed on.
    /// </summary>
    private static void TryList(
        string real, string shown, Func<string, bool> isWanted, List<string> files,
        Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links, List<SkippedEntry> left)
    {
        try
        {
            List(real, shown, isWanted, files, folders, links, left);
        }
        catch (Exception fault) when (shown.Length > 0 && fault is IOException or UnauthorizedAccessException)
        {
            left.Add(new SkippedEntry(shown, "a folder that cannot be listed", IsUnreadable: true));
        }
    }

    private static void List(
        string real, string shown, Func<string, bool> isWanted, List<string> files,
        Stack<(string Real, string Shown)> folders, Queue<(string Real, string Shown)> links, List<SkippedEntry> left)
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
            string path = shown.Length == 0 ? name : $"{shown}/{name}";
            if (isLink && !HasTarget(entry))
            {
                left.Add(new SkippedEntry(path, "a broken link: its target is not there", IsUnreadable: true));
                continue;
            }
            if (entry is not DirectoryInfo)
            {
                if (isWanted(name))
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

    /// <summary>Whether a link leads to a file or folder. One that leads to itself does not.</summary>
    private static bool HasTarget(FileSystemInfo link)
    {
        try
        {
            return link.ResolveLinkTarget(returnFinalTarget: true) is not { } target || target.Exists;
        }
        catch (IOException)
        {
            return false;
        }
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

/// <summary>An entry of a folder that was not followed.</summary>
/// <param name="Path">The entry, relative to the root folder, with forward slashes.</param>
/// <param name="Reason">The cause, without the path.</param>
/// <param name="IsUnreadable">Whether it cannot be read, rather than being listed under another name.</param>
public sealed record SkippedEntry(string Path, string Reason, bool IsUnreadable);
