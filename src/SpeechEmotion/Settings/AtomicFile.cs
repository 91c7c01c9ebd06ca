using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Settings;

/// <summary>
/// Atomic writing of files: a file is written under a temporary name in the same folder, flushed to the disk and renamed over an
/// existing file. At no time does the path name an incomplete file.
/// </summary>
public static partial class AtomicFile
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = new();

    /// <summary>Writes a file, and creates its folder if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content to the stream.</param>
    /// <param name="durable">
    /// Whether the content is flushed to the disk before the rename. Without it a power failure can leave a file with holes.
    /// </param>
    /// <exception cref="IOException">The file or its folder cannot be written. An existing file is unchanged.</exception>
    public static void Write(string path, Action<Stream> write, bool durable = true)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The message of the system does not name the folder.
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
            // For example a full disk. The message of the system names the temporary file, which means nothing to the user.
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

    /// <summary>Deletes the temporary files of unfinished writes, for a process that exits without waiting for them.</summary>
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
                // The file is still open. The next run in the folder deletes it.
            }
        }
    }

    /// <summary>Deletes the temporary files of processes that were killed. No other process may write to the folder meanwhile.</summary>
    internal static void DeleteLeftovers(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp").Where(file => TemporaryName().IsMatch(Path.GetFileName(file))))
            File.Delete(file);
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <exception cref="IOException">The file or its folder cannot be written. An existing file is unchanged.</exception>
    internal static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    // Path.GetRandomFileName returns eight characters, a dot and three characters.
    [GeneratedRegex(@"^\..+\.[a-z0-9]{8}\.[a-z0-9]{3}\.tmp$")]
    private static partial Regex TemporaryName();
}
