namespace SpeechEmotion.Audio;

/// <summary>What a reader has to say about one file: every line begins with the file's path.</summary>
internal sealed class FileNotes(string path, Action<string>? warn)
{
    /// <summary>The file, as the caller named it.</summary>
    public string Path => path;

    /// <summary>A fault that makes the file unusable, to be thrown.</summary>
    public InvalidDataException Fault(string message, Exception? cause = null) => new($"{path}: {message}", cause);

    /// <summary>Reports a fault that the reader can live with.</summary>
    public void Warn(string message) => warn?.Invoke($"{path}: {message}");
}
