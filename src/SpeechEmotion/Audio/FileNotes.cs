using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>Errors and warnings about one file. Each message begins with the path of the file.</summary>
/// <param name="path">The file, as the caller named it.</param>
/// <param name="warn">Receives the warnings.</param>
/// <param name="hasOffsets">
/// Whether byte offsets are those of the file and are stated in errors. Those of a decoder's output are different and are not stated.
/// </param>
internal sealed partial class FileNotes(string path, Action<string>? warn, bool hasOffsets = true)
{
    /// <summary>The file, as the caller named it.</summary>
    public string Path => path;

    /// <summary>Notes whose warnings go to a logger, at level warning.</summary>
    public static FileNotes ForLogger(string path, ILogger? logger) =>
        new(path, logger is null ? null : message => Log(logger, message));

    /// <summary>Creates the exception for an unusable file.</summary>
    public InvalidDataException Fault(string message, Exception? cause = null) => new($"{path}: {message}", cause);

    /// <summary>Creates the exception for a fault at a byte of the file.</summary>
    public InvalidDataException Fault(long offset, string message) => Fault(hasOffsets ? $"{message} (at byte {offset})" : message);

    /// <summary>The same for the output of a decoder of the file.</summary>
    public FileNotes OfDecoded() => new(path, warn, hasOffsets: false);

    /// <summary>Reports a fault despite which the file can be read.</summary>
    public void Warn(string message) => warn?.Invoke($"{path}: {message}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private static partial void Log(ILogger logger, string text);
}
