using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>The lock of a run folder: an open file that no other process can open. The system releases it when its owner ends.</summary>
internal static class RunFolderLock
{
    /// <summary>Locks an existing folder until the stream is disposed, which deletes the lock file.</summary>
    /// <exception cref="SettingsException">Another process holds the lock.</exception>
    public static FileStream Acquire(string folder)
    {
        string file = Path.Combine(folder, RunFiles.Lock);
        try
        {
            return new FileStream(
                file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new SettingsException(
                folder, ["another process is writing into the folder: wait until it ends, or give another with --out"]);
        }
    }
}
