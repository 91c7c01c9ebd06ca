namespace SpeechEmotion.Corpora.Caching;

/// <summary>Limits the size of the feature cache.</summary>
internal static class CacheEviction
{
    private static readonly TimeSpan MaxTemporaryAge = TimeSpan.FromDays(1);

    /// <summary>
    /// Deletes folders, the least recently used first but never <paramref name="current"/>, then the oldest files of the current one, until
    /// the cache holds at most <paramref name="maxBytes"/>. Temporary files older than one day are deleted as well.
    /// </summary>
    public static void Limit(string root, string current, long maxBytes)
    {
        DirectoryInfo[] folders = [.. new DirectoryInfo(root).EnumerateDirectories().OrderBy(folder => folder.LastWriteTimeUtc)];
        Dictionary<string, long> bytes = folders.ToDictionary(
            folder => folder.FullName, folder => folder.EnumerateFiles().Sum(file => file.Length));
        long total = bytes.Values.Sum();
        foreach (DirectoryInfo folder in folders.Where(folder => folder.FullName != Path.GetFullPath(current)))
        {
            if (total <= maxBytes)
                break;
            folder.Delete(recursive: true);
            total -= bytes[folder.FullName];
        }
        foreach (FileInfo file in new DirectoryInfo(current).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc))
        {
            // An old temporary file was left behind by a process that was killed.
            bool isLeftover = file.Extension == ".tmp" && DateTime.UtcNow - file.LastWriteTimeUtc > MaxTemporaryAge;
            if (total <= maxBytes && !isLeftover)
                continue;
            total -= file.Length;
            file.Delete();
        }
    }
}
