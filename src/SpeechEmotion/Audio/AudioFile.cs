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
    /// <returns>[samples] from −1 to 1 (a float file may exceed it), at least one.</returns>
    /// <exception cref="InvalidDataException">The file holds no usable sound; the message begins with the path.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static Waveform Read(string path, Action<string>? warn = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek)
            return Decode(file, new FileNotes(path, warn));
        using MemoryStream copy = new(); // a named pipe
        file.CopyTo(copy);
        copy.Position = 0;
        return Decode(copy, new FileNotes(path, warn));
    }

    /// <summary>Reads a file and resamples it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampleRate">Rate of the result in Hz.</param>
    /// <param name="warn">As for <see cref="Read(string, Action{string}?)"/>, which also names the errors.</param>
    public static Waveform Read(string path, int sampleRate, Action<string>? warn = null) =>
        Resampler.Resample(Read(path, warn), sampleRate);

    /// <summary>Decodes a file's content that is in memory already.</summary>
    /// <param name="content">All bytes of the file.</param>
    /// <param name="path">The file that they come from: for messages, and for ffmpeg, which opens it again.</param>
    /// <param name="warn">As for <see cref="Read(string, Action{string}?)"/>, which also names the errors.</param>
    public static Waveform Decode(byte[] content, string path, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        using MemoryStream stream = new(content, writable: false);
        return Decode(stream, new FileNotes(path, warn));
    }

    private static Waveform Decode(Stream stream, FileNotes notes) =>
        TryDecode(stream, notes, null, out string why) ?? Ffmpeg.Decode(notes, why);

    /// <summary>Decodes what ffmpeg sends, which need not seek.</summary>
    /// <param name="stream">A WAVE stream.</param>
    /// <param name="notes">Names the file.</param>
    /// <param name="arrived">Called after each block of samples.</param>
    internal static Waveform ReadStream(Stream stream, FileNotes notes, Action arrived) =>
        TryDecode(stream, notes, arrived, out string why) ?? throw notes.Fault($"{why} came out of ffmpeg");

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
        Waveform waveform = MonoReader.Read(stream, header.Format, header.DataBytes, notes, arrived);
        if (wav)
            WavHeader.CheckBehind(stream, header.DataBytes, notes);
        return waveform;
    }
}
