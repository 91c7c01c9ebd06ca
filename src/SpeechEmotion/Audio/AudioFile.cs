using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>
/// Reads audio files as mono waveforms. The format is recognised by the content, never by the name: WAVE (PCM, float, A-law, µ-law,
/// also RF64 and RIFX) and AIFF / AIFF-C are decoded by the program, all other formats by ffmpeg if it is installed.
/// <see cref="AudioReader"/> reads a long file in pieces.
/// </summary>
public static class AudioFile
{
    /// <summary>Reads a file at its own sample rate and averages its channels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">
    /// Receives a warning, beginning with the path, for each fault despite which the file is read: a truncated file is read up to its
    /// end.
    /// </param>
    /// <param name="cancellation">Stops ffmpeg, if it is used.</param>
    /// <returns>At least one sample, nominally −1 to 1 (samples of a float file can exceed it).</returns>
    /// <exception cref="InvalidDataException">The file contains no usable audio; the message begins with the path.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, or the path is a folder.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static Waveform Read(string path, ILogger? logger = null, CancellationToken cancellation = default)
    {
        using AudioReader reader = AudioReader.Open(path, logger, refusePipes: false, cancellation);
        return reader.ReadToEnd(cancellation);
    }

    /// <summary>Reads a file and resamples it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">Sample rate of the result in Hz.</param>
    /// <param name="logger">As for <see cref="Read(string, ILogger?, CancellationToken)"/>, whose exceptions apply as well.</param>
    /// <param name="cancellation">Stops ffmpeg, if it is used.</param>
    public static Waveform Read(string path, int sampleRate, ILogger? logger = null, CancellationToken cancellation = default) =>
        Resampler.Resample(Read(path, logger, cancellation), sampleRate);

    /// <summary>Decodes the content of a file that is already in memory.</summary>
    /// <param name="content">All bytes of the file.</param>
    /// <param name="path">The file, for messages and for ffmpeg, which opens it again.</param>
    /// <param name="logger">As for <see cref="Read(string, ILogger?, CancellationToken)"/>, whose exceptions apply as well.</param>
    /// <param name="cancellation">Stops ffmpeg, if it is used.</param>
    public static Waveform Decode(byte[] content, string path, ILogger? logger = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Decode(content, FileNotes.ForLogger(path, logger), cancellation);
    }

    internal static Waveform Decode(byte[] content, FileNotes notes, CancellationToken cancellation)
    {
        using AudioReader reader = AudioReader.Open(new MemoryStream(content, writable: false), notes, cancellation);
        return reader.ReadToEnd(cancellation);
    }

    /// <summary>
    /// Reads all bytes of a file that was found in a folder. A file without a length is not opened, because a pipe can block for ever
    /// and a device can return data for ever.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is empty, or is a pipe or device.</exception>
    /// <exception cref="IOException">The file cannot be opened or read, or is longer than an array.</exception>
    internal static byte[] ReadBytes(string path)
    {
        AudioReader.CheckLength(path);
        return File.ReadAllBytes(path);
    }
}
