using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>
/// Reads an audio file of any format from its start to its end, in pieces: memory does not grow with the length of the file. The format
/// is recognised as by <see cref="AudioFile"/>, and the samples are the same. Used by one thread at a time.
/// </summary>
/// <remarks>
/// Opening reads the header and the first samples, so that a file that is no audio, has no samples or cannot be decoded is refused there.
/// A fault further on is found when its place is read: samples that are no numbers, a failure of ffmpeg or of the disk. Warnings about
/// the end of a file, for example that it is truncated, are logged when the end is reached. A named pipe is read whole when it is opened.
/// </remarks>
/// <example>
/// <code>
/// using var reader = AudioReader.Open("call.mp3");
/// float[] buffer = new float[reader.SampleRate]; // one second
/// for (int count; (count = reader.Read(buffer)) > 0;)
///     Console.WriteLine(buffer.AsSpan(0, count).Max());
/// </code>
/// </example>
public sealed class AudioReader : IDisposable
{
    private const int MagicBytes = 12;

    private readonly string path;
    private readonly Stream? stream;
    private readonly MonoReader? decoder;
    private ReadOnlyMemory<float> pending;
    private bool isDisposed;
    private bool hasFailed;

    /// <summary>A reader of a recording that is in memory already.</summary>
    internal AudioReader(string name, Waveform recording) =>
        (path, SampleRate, pending) = (name, recording.SampleRate, recording.Samples);

    private AudioReader(FileNotes notes, Stream stream, MonoReader decoder)
    {
        (path, this.stream, this.decoder) = (notes.Path, stream, decoder);
        SampleRate = decoder.SampleRate;
        pending = decoder.Next();
    }

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="logger">
    /// Receives a warning, beginning with the path, for each fault despite which the file is read: a truncated file is read up to its
    /// end.
    /// </param>
    /// <param name="refusePipes">
    /// Whether a file without a length is refused as empty before it is opened, as is right for files found in a folder: a pipe can block
    /// for ever, and a device can return data for ever.
    /// </param>
    /// <param name="cancellation">Stops the opening, and ffmpeg with it.</param>
    /// <exception cref="InvalidDataException">The file contains no usable audio; the message begins with the path.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, or the path is a folder.</exception>
    /// <exception cref="OperationCanceledException">The opening was cancelled.</exception>
    public static AudioReader Open(
        string path, ILogger? logger = null, bool refusePipes = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileNotes notes = FileNotes.ForLogger(path, logger);
        if (refusePipes)
            CheckLength(path);
        FileStream file = File.OpenRead(path);
        return Open(file.CanSeek ? file : Copy(file), notes, cancellation);
    }

    /// <summary>Reads the next mono samples, nominally −1 to 1 (samples of a float file can exceed it).</summary>
    /// <param name="buffer">Receives the samples; at least one.</param>
    /// <param name="cancellation">Stops the reading, and ffmpeg with it: the reader can only be disposed afterwards.</param>
    /// <returns>Number of samples: all that the buffer holds, fewer only at the end of the file, 0 after it.</returns>
    /// <exception cref="InvalidDataException">The next part of the file is no valid audio.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public int Read(Span<float> buffer, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(buffer.Length);
        cancellation.ThrowIfCancellationRequested();
        int count = 0;
        while (count < buffer.Length && (pending.Length > 0 || Advance(cancellation)))
        {
            ReadOnlySpan<float> next = pending.Span[..Math.Min(pending.Length, buffer.Length - count)];
            next.CopyTo(buffer[count..]);
            pending = pending[next.Length..];
            count += next.Length;
        }
        return count;
    }

    /// <summary>Passes over samples without returning them; those of an uncompressed file are not read.</summary>
    /// <returns>Number of samples, fewer than <paramref name="count"/> only at the end of the file.</returns>
    internal long Skip(long count, CancellationToken cancellation = default)
    {
        long skipped = 0;
        while (skipped < count)
        {
            if (pending.Length == 0 && decoder is not null)
                skipped += decoder.Skip(count - skipped);
            if (skipped == count || (pending.Length == 0 && !Advance(cancellation)))
                break;
            int passed = (int)Math.Min(pending.Length, count - skipped);
            pending = pending[passed..];
            skipped += passed;
        }
        return skipped;
    }

    /// <summary>Closes the file, and ends ffmpeg if it runs.</summary>
    public void Dispose()
    {
        isDisposed = true;
        stream?.Dispose();
    }

    /// <summary>Opens the content of a file, which is disposed with the reader or by a failure.</summary>
    /// <param name="stream">The content, seekable.</param>
    /// <param name="notes">Names the file in errors and warnings, and for ffmpeg, which opens it again.</param>
    /// <param name="cancellation">Stops ffmpeg.</param>
    internal static AudioReader Open(Stream stream, FileNotes notes, CancellationToken cancellation)
    {
        try
        {
            if (TryOpen(stream, notes, out string why) is { } decoder)
                return new AudioReader(notes, stream, decoder);
            RefuseForeign(stream, notes);
            stream.Dispose();
            return OpenDecoded(Ffmpeg.Start(notes, why, cancellation), notes);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the output of ffmpeg, which is disposed with the reader or by a failure.</summary>
    /// <param name="output">A WAVE stream; it need not be seekable.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    internal static AudioReader OpenDecoded(Stream output, FileNotes notes)
    {
        try
        {
            MonoReader decoder = TryOpen(output, notes.OfDecoded(), out string why) ?? throw notes.Fault($"{why} came out of ffmpeg");
            return new AudioReader(notes, output, decoder);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the header of WAVE and AIFF. For another format it returns null and the name of the format in <paramref name="why"/>.
    /// </summary>
    internal static MonoReader? TryOpen(Stream stream, FileNotes notes, out string why)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        int got = stream.ReadAtLeast(magic, MagicBytes, throwOnEndOfStream: false);
        if (got == 0)
            throw notes.Fault("the file is empty");
        if (got < MagicBytes)
            throw notes.Fault($"a file of {got} bytes holds no sound");

        SoundHeader header;
        bool isWave = WavHeader.Begins(magic);
        if (isWave)
            header = WavHeader.Read(magic, stream, notes);
        else if (stream.CanSeek && AiffHeader.Begins(magic))
            header = AiffHeader.Read(stream, notes);
        else
        {
            why = "a format other than WAVE and AIFF";
            return null;
        }
        why = header.Name;
        return header.Format is { } format ? new MonoReader(stream, header, format, isWave, notes) : null;
    }

    /// <summary>Reads the rest of the file.</summary>
    /// <exception cref="InvalidDataException">It is no valid audio, or has more samples than an array can have.</exception>
    internal Waveform ReadToEnd(CancellationToken cancellation)
    {
        float[] samples = GC.AllocateUninitializedArray<float>(Checked(decoder?.ExpectedFrames ?? pending.Length));
        int count = 0;
        while (pending.Length > 0 || Advance(cancellation))
        {
            int after = Checked(count + (long)pending.Length);
            if (after > samples.Length)
                Array.Resize(ref samples, (int)Math.Min(Array.MaxLength, Math.Max(after, 2L * samples.Length)));
            pending.Span.CopyTo(samples.AsSpan(count));
            pending = default;
            count = after;
        }
        Array.Resize(ref samples, count);
        return new Waveform(samples, SampleRate);
    }

    /// <summary>Refuses a file without a length.</summary>
    /// <exception cref="InvalidDataException">The file is empty, or is a pipe or device.</exception>
    internal static void CheckLength(string path)
    {
        // The length of a link is that of its target.
        if (new FileInfo(path) is { Exists: true } file
            && (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length == 0)
            throw new FileNotes(path, null).Fault("the file is empty");
    }

    /// <summary>Refuses content that is no sound, so that the message states what it is instead of a fault of ffmpeg.</summary>
    private static void RefuseForeign(Stream stream, FileNotes notes)
    {
        byte[] head = new byte[ForeignContent.HeadBytes];
        stream.Position = 0;
        int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (ForeignContent.Describe(head.AsSpan(0, count)) is { } what)
            throw notes.Fault(what);
    }

    private static MemoryStream Copy(FileStream pipe)
    {
        using (pipe)
        {
            MemoryStream copy = new();
            pipe.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
    }

    private bool Advance(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        cancellation.ThrowIfCancellationRequested();
        if (hasFailed)
            throw new InvalidOperationException($"{path}: an earlier read failed");
        if (stream is FfmpegStream ffmpeg)
            ffmpeg.Cancellation = cancellation;
        hasFailed = true;
        pending = decoder is null ? default : decoder.Next();
        hasFailed = false;
        return pending.Length > 0;
    }

    private int Checked(long samples) => samples <= Array.MaxLength
        ? (int)samples
        : throw new FileNotes(path, null).Fault($"more than {Array.MaxLength} samples: cut the file into shorter ones");
}
