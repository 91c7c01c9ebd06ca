using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>
/// Reads audio files as mono waveforms. The format is recognised by the content, never by the name: WAVE (PCM, float, A-law, µ-law,
/// also RF64 and RIFX) and AIFF / AIFF-C are decoded by the program, all other formats by ffmpeg if it is installed.
/// </summary>
public static class AudioFile
{
    private const int MagicBytes = 12;

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
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek)
            return Decode(file, FileNotes.ForLogger(path, logger), cancellation);
        using MemoryStream copy = new(); // a named pipe
        file.CopyTo(copy);
        copy.Position = 0;
        return Decode(copy, FileNotes.ForLogger(path, logger), cancellation);
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
        using MemoryStream stream = new(content, writable: false);
        return Decode(stream, notes, cancellation);
    }

    /// <summary>
    /// Reads all bytes of a file that was found in a folder. A file without a length is not opened, because a pipe can block for ever
    /// and a device can return data for ever.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is empty, or is a pipe or device.</exception>
    /// <exception cref="IOException">The file cannot be opened or read, or is longer than an array.</exception>
    public static byte[] ReadBytes(string path) =>
        new FileInfo(path) is { Exists: true } file && LengthOf(file) == 0
            ? throw new FileNotes(path, null).Fault("the file is empty")
            : File.ReadAllBytes(path);

    // The length of a link is that of its target.
    private static long LengthOf(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;

    private static Waveform Decode(Stream stream, FileNotes notes, CancellationToken cancellation) =>
        TryDecode(stream, notes, null, out string why) ?? Ffmpeg.Decode(notes, why, cancellation);

    /// <summary>Decodes the output of ffmpeg.</summary>
    /// <param name="stream">A WAVE stream; it need not be seekable.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="arrived">Called after each block of samples.</param>
    internal static Waveform ReadStream(Stream stream, FileNotes notes, Action arrived) =>
        TryDecode(stream, notes.OfDecoded(), arrived, out string why) ?? throw notes.Fault($"{why} came out of ffmpeg");

    /// <summary>Decodes WAVE and AIFF. For another format it returns null and the name of the format in <paramref name="why"/>.</summary>
    internal static Waveform? TryDecode(Stream stream, FileNotes notes, Action? arrived, out string why)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        int got = stream.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false);
        if (got == 0)
            throw notes.Fault("the file is empty");
        if (got < MagicBytes)
            throw notes.Fault($"a file of {got} bytes holds no sound");

        SoundHeader header;
        bool wav = WavHeader.Begins(magic);
        if (wav)
            header = WavHeader.Read(magic, stream, notes);
        else if (stream.CanSeek && AiffHeader.Begins(magic))
            header = AiffHeader.Read(stream, notes);
        else
        {
            why = "a format other than WAVE and AIFF";
            return null;
        }
        why = header.Name;
        if (header.Format is null)
            return null;
        Waveform waveform = MonoReader.Read(stream, header, header.Format, notes, arrived);
        if (wav)
            WavHeader.CheckAfterData(stream, header.DataBytes, notes);
        return waveform;
    }
}
