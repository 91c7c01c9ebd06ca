namespace SpeechEmotion.Audio;

/// <summary>
/// Audio files → mono waveforms. The content decides how a file is read, never its name: WAVE (PCM, float, A-law, µ-law, also
/// RF64 and RIFX) and AIFF / AIFF-C are decoded here, anything else through ffmpeg when it is installed.
/// </summary>
public static class AudioFile
{
    private const int MagicBytes = 12;

    /// <summary>Reads a file at its own rate, its channels averaged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warn">Gets a line, beginning with the path, for each fault that reading gets past: a truncated file is read up to its end.</param>
    /// <param name="cancellation">Stops ffmpeg, where it is needed.</param>
    /// <returns>[samples] from −1 to 1 (a float file may exceed it), at least one.</returns>
    /// <exception cref="InvalidDataException">The file holds no usable sound; the message begins with the path.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Waveform Read(string path, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek)
            return Decode(file, new FileNotes(path, warn), cancellation);
        using MemoryStream copy = new(); // a named pipe
        file.CopyTo(copy);
        copy.Position = 0;
        return Decode(copy, new FileNotes(path, warn), cancellation);
    }

    /// <summary>Reads a file and resamples it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">Rate of the result in Hz.</param>
    /// <param name="warn">As for <see cref="Read(string, Action{string}?, CancellationToken)"/>, which also names the errors.</param>
    /// <param name="cancellation">Stops ffmpeg, where it is needed.</param>
    public static Waveform Read(string path, int sampleRate, Action<string>? warn = null, CancellationToken cancellation = default) =>
        Resampler.Resample(Read(path, warn, cancellation), sampleRate);

    /// <summary>Decodes a file's content that is in memory already.</summary>
    /// <param name="content">All bytes of the file.</param>
    /// <param name="path">The file that they come from: for messages, and for ffmpeg, which opens it again.</param>
    /// <param name="warn">As for <see cref="Read(string, Action{string}?, CancellationToken)"/>, which also names the errors.</param>
    /// <param name="cancellation">Stops ffmpeg, where it is needed.</param>
    public static Waveform Decode(byte[] content, string path, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using MemoryStream stream = new(content, writable: false);
        return Decode(stream, new FileNotes(path, warn), cancellation);
    }

    /// <summary>
    /// All bytes of a file that was found in a folder. What has no length is not opened: a pipe that lies there would be waited for
    /// without end, and a device gives without end.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is empty, or no file.</exception>
    /// <exception cref="IOException">The file cannot be opened or read, or is longer than an array.</exception>
    internal static byte[] ReadBytes(string path) =>
        new FileInfo(path) is { Exists: true } file && LengthOf(file) == 0
            ? throw new FileNotes(path, null).Fault("the file is empty")
            : File.ReadAllBytes(path);

    // A link has no length of its own worth knowing.
    private static long LengthOf(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target.Length : file.Length;

    private static Waveform Decode(Stream stream, FileNotes notes, CancellationToken cancellation) =>
        TryDecode(stream, notes, null, out string why) ?? Ffmpeg.Decode(notes, why, cancellation);

    /// <summary>Decodes what ffmpeg sends, which need not seek.</summary>
    /// <param name="stream">A WAVE stream.</param>
    /// <param name="notes">Names the file.</param>
    /// <param name="arrived">Called after each block of samples.</param>
    internal static Waveform ReadStream(Stream stream, FileNotes notes, Action arrived) =>
        TryDecode(stream, notes.OfDecoded(), arrived, out string why) ?? throw notes.Fault($"{why} came out of ffmpeg");

    /// <summary>Decodes WAVE and AIFF; null for anything else, with what it is.</summary>
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
            WavHeader.CheckBehind(stream, header.DataBytes, notes);
        return waveform;
    }
}
