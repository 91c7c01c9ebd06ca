using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Settings;

/// <summary>
/// Files that are there whole or not at all: written under a temporary name in the same folder, flushed to the disk,
/// then renamed over what was there.
/// </summary>
internal static partial class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new();

    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream; makes the folder when it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="durable">Whether the content must be on the disk before the file is; without it a power failure may leave a file with holes.</param>
    /// <exception cref="IOException">The disk refuses. What stood at the path stands there still.</exception>
    public static void Write(string path, Action<Stream> write, bool durable = true)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The system's own words blame a file that nobody named.
            throw new IOException($"{folder}: the folder cannot be made ({fault.Message.TrimEnd('.')}); choose another place", fault);
        }
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.tmp");
        Unfinished[temporary] = true;
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: durable);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException fault) when (fault is not FileNotFoundException and not DirectoryNotFoundException)
        {
            // A full disk, most of all: the system's words name the temporary file, which nobody knows.
            File.Delete(temporary);
            string why = fault.Message.Split(" : '", 2)[0].TrimEnd('.');
            throw new IOException($"{path}: cannot be written: {why}; what stood there before is unchanged", fault);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        finally
        {
            Unfinished.TryRemove(temporary, out _);
        }
    }

    /// <summary>Deletes what is being written at this moment: for a process that ends without waiting for it.</summary>
    public static void DeleteUnfinished()
    {
        foreach (string file in Unfinished.Keys)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its writer holds it: the next run in the folder clears it.
            }
        }
    }

    /// <summary>
    /// Deletes what writers that were killed left of their temporary files. Only for a folder into which nobody else writes.
    /// </summary>
    public static void DeleteLeftovers(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp").Where(file => TemporaryName().IsMatch(Path.GetFileName(file))))
            File.Delete(file);
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="IOException">The disk refuses. What stood at the path stands there still.</exception>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    // Path.GetRandomFileName makes eight characters, a dot and three more.
    [GeneratedRegex(@"^\..+\.[a-z0-9]{8}\.[a-z0-9]{3}\.tmp$")]
    private static partial Regex TemporaryName();
}
