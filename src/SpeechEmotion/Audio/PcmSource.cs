using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Audio;

/// <summary>
/// PCM samples from a byte stream such as standard input, without a header or with that of a WAVE stream. Channels are averaged.
/// </summary>
public sealed class PcmSource : IAudioSource
{
    private const int MinHeadBytes = 64;

    private readonly Stream stream;
    private readonly SampleFormat format;
    private readonly long start;
    private readonly FileNotes notes;
    private byte[] bytes = [];
    private float[] decoded = [];
    private long left;
    private long samples;
    private int pending; // bytes of an incomplete frame
    private bool isOver;

    private PcmSource(Stream stream, SampleFormat format, long dataBytes, long start, FileNotes notes)
    {
        (this.stream, this.format, this.start, this.notes) = (stream, format, start, notes);
        left = dataBytes == SoundHeader.ToTheEnd ? long.MaxValue : dataBytes;
    }

    /// <inheritdoc/>
    public string Name => notes.Path;

    /// <inheritdoc/>
    public int SampleRate => format.SampleRate;

    /// <summary>Opens a stream of little-endian samples without a header.</summary>
    /// <param name="stream">The bytes; disposed with the source.</param>
    /// <param name="name">Name of the source, for display and errors.</param>
    /// <param name="sampleRate">Sample rate in Hz, 1,000 to 1,000,000.</param>
    /// <param name="channels">Number of interleaved channels, 1 to 1,024.</param>
    /// <param name="isFloat">Whether samples are 32-bit float; otherwise they are signed 16-bit integers.</param>
    /// <param name="logger">Receives a warning for each fault despite which the stream is read.</param>
    /// <exception cref="InvalidDataException">The sample rate or the number of channels is out of range.</exception>
    public static PcmSource Raw(
        Stream stream, string name, int sampleRate, int channels = 1, bool isFloat = false, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var notes = FileNotes.ForLogger(name, logger);
        int rate = SampleFormat.CheckRate(sampleRate, 0, channels, 0, notes);
        SampleFormat format = isFloat
            ? new(SampleCoding.Float, 4, BigEndian: false, channels, rate)
            : new(SampleCoding.Signed, 2, BigEndian: false, channels, rate);
        return new PcmSource(stream, format, SoundHeader.ToTheEnd, 0, notes);
    }

    /// <summary>Opens a WAVE stream, whose header need not state the length, and waits for its header.</summary>
    /// <param name="stream">The bytes; disposed with the source.</param>
    /// <param name="name">Name of the source, for display and errors.</param>
    /// <param name="logger">Receives a warning for each fault despite which the stream is read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The stream is no WAVE stream, or its coding is not supported.</exception>
    public static Task<PcmSource> WavAsync(
        Stream stream, string name, ILogger? logger = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return WavAsync(stream, FileNotes.ForLogger(name, logger), cancellation);
    }

    internal static Task<PcmSource> WavAsync(Stream stream, FileNotes notes, CancellationToken cancellation)
    {
        // Reading the header can block for ever and cannot be cancelled. The wait for it can.
        return Task.Run(() => ReadHeader(stream, notes), cancellation).WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(buffer.Length);
        MakeRoom(buffer.Length);
        int room = buffer.Length * format.FrameBytes;
        while (!isOver)
        {
            int wanted = (int)Math.Min(room - pending, left);
            // A read from standard input cannot be cancelled. The wait for it can.
            int got = wanted == 0 ? 0 : await stream.ReadAsync(bytes.AsMemory(pending, wanted), cancellation)
                .AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            if (got == 0)
            {
                End();
                break;
            }
            left -= got;
            pending += got;
            int frames = pending / format.FrameBytes;
            if (frames > 0)
                return Decode(frames, buffer.Span);
        }
        return 0;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => stream.Dispose();

    private static PcmSource ReadHeader(Stream stream, FileNotes notes)
    {
        Span<byte> head = stackalloc byte[ForeignContent.HeadBytes], magic = head[..12];
        int got = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (got == 0)
            throw notes.Fault("nothing arrived");
        if (got < magic.Length || !WavHeader.Begins(magic))
        {
            got += stream.Read(head[got..]); // what came with it: a stream that waits is not waited for
            throw notes.Fault(DescribeContent(head[..got])
                ?? "no WAVE stream; for raw samples give their rate, for example --stdin 16000");
        }
        SoundHeader header = WavHeader.Read(magic, new ForwardView(stream), notes);
        return header.Format is { } format
            // A program that writes to a pipe cannot seek back to write the length. Some leave it 0.
            ? new PcmSource(stream, format, header.DataBytes == 0 ? SoundHeader.ToTheEnd : header.DataBytes, header.Start, notes)
            : throw notes.Fault($"{header.Name}: cannot be read from a stream; convert it to PCM");
    }

    private void MakeRoom(int frames)
    {
        if (decoded.Length >= frames * format.Channels)
            return;
        Array.Resize(ref bytes, frames * format.FrameBytes);
        decoded = new float[frames * format.Channels];
    }

    private int Decode(int frames, Span<float> buffer)
    {
        int used = frames * format.FrameBytes;
        if (samples == 0 && start == 0)
            WarnOfContent(bytes.AsSpan(0, Math.Min(used, ForeignContent.HeadBytes)));
        Span<float> mono = SampleDecoder.DecodeMono(bytes.AsSpan(0, used), format, decoded);
        if (format.Coding == SampleCoding.Float)
            MonoReader.CheckFinite(mono, samples, format, start, notes);
        mono.CopyTo(buffer);
        bytes.AsSpan(used, pending - used).CopyTo(bytes);
        pending -= used;
        samples += frames;
        return frames;
    }

    // Samples without a header can have any value, so that this is a warning and no fault, and few bytes tell nothing.
    private void WarnOfContent(ReadOnlySpan<byte> head)
    {
        if (head.Length < MinHeadBytes)
            return;
        if (WavHeader.Begins(head))
            notes.Warn("it begins as a WAVE stream: without a rate, its header is read");
        else if (DescribeContent(head) is { } what)
            notes.Warn(what);
    }

    // A stream may begin with silence.
    private static string? DescribeContent(ReadOnlySpan<byte> head) =>
        head.ContainsAnyExcept((byte)0) ? ForeignContent.Describe(head) : null;

    private void End()
    {
        isOver = true;
        if (samples == 0)
            throw notes.Fault("no samples arrived");
        if (pending > 0)
            notes.Warn($"the last {pending} bytes are no whole frame of {format.FrameBytes} bytes and were left out");
        else if (left is > 0 and < long.MaxValue / 2)
            notes.Warn("truncated: the stream ended before the length that its header promises");
    }
}
