namespace SpeechEmotion.Audio;

/// <summary>What a reader has to say about one file: every line begins with the file's path.</summary>
/// <param name="path">The file, as the caller named it.</param>
/// <param name="warn">Gets what the reader can live with.</param>
/// <param name="isWhole">Whether the bytes are the file's own: then faults say at which of them; what a decoder sends has other ones.</param>
internal sealed class FileNotes(string path, Action<string>? warn, bool isWhole = true)
{
    /// <summary>The file, as the caller named it.</summary>
    public string Path => path;

    /// <summary>A fault that makes the file unusable, to be thrown.</summary>
    public InvalidDataException Fault(string message, Exception? cause = null) => new($"{path}: {message}", cause);

    /// <summary>A fault at a byte of the file.</summary>
    public InvalidDataException Fault(long offset, string message) => Fault(isWhole ? $"{message} (at byte {offset})" : message);

    /// <summary>The same notes for what a decoder makes of the file.</summary>
    public FileNotes OfDecoded() => new(path, warn, isWhole: false);

    /// <summary>Reports a fault that the reader can live with.</summary>
    public void Warn(string message) => warn?.Invoke($"{path}: {message}");
}
