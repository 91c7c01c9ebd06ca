namespace SpeechEmotion.Corpora.Caching;

/// <summary>Keeps the cache's folders below a number of bytes.</summary>
internal static class CacheEviction
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Deletes folders, the one used longest ago first and <paramref name="current"/> never, then the current one's oldest files.</summary>
    public static void Limit(string root, string current, long maxBytes)
    {
        DirectoryInfo[] folders = [.. new DirectoryInfo(root).EnumerateDirectories().OrderBy(folder => folder.LastWriteTimeUtc)];
        Dictionary<string, long> bytes = folders.ToDictionary(folder => folder.FullName, folder => folder.EnumerateFiles().Sum(file => file.Length));
        long all = bytes.Values.Sum();
        foreach (DirectoryInfo folder in folders.Where(folder => folder.FullName != Path.GetFullPath(current)))
        {
            if (all <= maxBytes)
                break;
            folder.Delete(recursive: true);
            all -= bytes[folder.FullName];
        }
        foreach (FileInfo file in new DirectoryInfo(current).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc))
        {
            // What a writer that was killed left behind is of no use to anybody.
            bool isLeftover = file.Extension == ".tmp" && DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned;
            if (all <= maxBytes && !isLeftover)
                continue;
            all -= file.Length;
            file.Delete();
        }
    }
}
