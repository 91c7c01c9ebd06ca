using System.Globalization;

namespace SpeechEmotion.Audio;

/// <summary>Decodes the samples after a header to mono, block by block. Memory does not grow with their number.</summary>
internal sealed class MonoReader
{
    private const int BlockBytes = 1 << 14; // the decoded block fits the first-level cache and stays out of the large-object heap

    // 2³¹: some float files are scaled like 32-bit integers. Larger values are no audio, and their power spectrum would overflow.
    private const float MaxAmplitude = 2147483648f;

    private readonly Stream stream;
    private readonly SoundHeader header;
    private readonly SampleFormat format;
    private readonly bool isWave;
    private readonly FileNotes notes;
    private readonly byte[] block;
    private readonly float[] decoded;
    private long left;
    private long count;
    private int strayBytes; // of the last block
    private bool isOver;

    /// <param name="stream">A stream at the first sample; it need not be seekable.</param>
    /// <param name="header">Offset of the first sample, and length in bytes, which can be wrong.</param>
    /// <param name="format">Format of the samples.</param>
    /// <param name="isWave">Whether chunks of a WAVE file can follow the samples.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    public MonoReader(Stream stream, SoundHeader header, SampleFormat format, bool isWave, FileNotes notes)
    {
        (this.stream, this.header, this.format, this.isWave, this.notes) = (stream, header, format, isWave, notes);
        int blockFrames = Math.Max(1, BlockBytes / format.FrameBytes);
        block = new byte[blockFrames * format.FrameBytes];
        decoded = new float[blockFrames * format.Channels];
        left = header.DataBytes == SoundHeader.ToTheEnd ? long.MaxValue : header.DataBytes;
        ExpectedFrames = stream.CanSeek ? Math.Min(stream.Length - stream.Position, left) / format.FrameBytes : 0;
    }

    /// <summary>Samples per second.</summary>
    public int SampleRate => format.SampleRate;

    /// <summary>Number of mono samples, as far as the stream has the bytes; 0 for a pipe, whose length is unknown.</summary>
    public long ExpectedFrames { get; }

    /// <summary>Decodes the next block.</summary>
    /// <returns>At least one sample, valid until the next call; nothing at the end.</returns>
    /// <exception cref="InvalidDataException">There are no samples at all, or some that are not finite.</exception>
    public ReadOnlyMemory<float> Next()
    {
        if (isOver)
            return default;
        if (left > 0 && strayBytes == 0)
        {
            int wanted = (int)Math.Min(block.Length, left);
            int got = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            left -= got;
            strayBytes = got % format.FrameBytes;
            Span<float> mono = SampleDecoder.DecodeMono(block.AsSpan(0, got - strayBytes), format, decoded);
            if (format.Coding == SampleCoding.Float)
                CheckFinite(mono, count, format, header.Start, notes);
            count += mono.Length;
            if (mono.Length > 0)
                return decoded.AsMemory(0, mono.Length);
        }
        isOver = true;
        CheckEnd();
        return default;
    }

    /// <summary>Passes over samples of a seekable stream by seeking; those of a pipe must be read.</summary>
    /// <returns>Number of samples passed over; 0 for a pipe and at the end.</returns>
    public long Skip(long samples)
    {
        if (!stream.CanSeek || isOver)
            return 0;
        long frames = Math.Min(samples, Math.Min(stream.Length - stream.Position, left) / format.FrameBytes);
        stream.Position += frames * format.FrameBytes;
        left -= frames * format.FrameBytes;
        count += frames;
        return frames;
    }

    private void CheckEnd()
    {
        if (count == 0)
            throw notes.Fault(header.Start, "no samples: the file ends after its header");
        if (header.DataBytes != SoundHeader.ToTheEnd && left > 0)
            notes.Warn(string.Create(CultureInfo.InvariantCulture, $"truncated: {Seconds(count)} s of the " +
                $"{Seconds(header.DataBytes / format.FrameBytes)} s that the header promises were read"));
        else if (strayBytes > 0)
            notes.Warn($"the last {strayBytes} bytes of the samples are no whole frame of {format.FrameBytes} bytes and were left out");
        if (isWave)
            WavHeader.CheckAfterData(stream, header.DataBytes, notes);

        double Seconds(long frames) => Math.Round((double)frames / format.SampleRate, 3);
    }

    /// <summary>Rejects samples that are no valid audio.</summary>
    /// <param name="samples">The next samples.</param>
    /// <param name="before">Number of samples before them.</param>
    /// <param name="format">Format from which they were decoded.</param>
    /// <param name="start">Offset in bytes of the first sample of the file.</param>
    /// <param name="notes">Names the file in the error.</param>
    /// <exception cref="InvalidDataException">
    /// A sample is not finite or beyond ±2³¹; the message states its number, time and value.
    /// </exception>
    internal static void CheckFinite(ReadOnlySpan<float> samples, long before, SampleFormat format, long start, FileNotes notes)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (MathF.Abs(samples[i]) <= MaxAmplitude) // false for NaN too
                continue;
            double seconds = (before + (double)i) / format.SampleRate;
            throw notes.Fault(start + ((before + i) * format.FrameBytes), string.Create(CultureInfo.InvariantCulture,
                $"sample {before + i} (at {seconds:0.###} s) is {samples[i]}: must be a finite number up to ±2^31"));
        }
    }
}
