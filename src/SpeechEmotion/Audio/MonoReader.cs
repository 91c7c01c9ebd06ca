using System.Globalization;

namespace SpeechEmotion.Audio;

/// <summary>Reads the samples after a header as one mono waveform.</summary>
internal static class MonoReader
{
    private const int BlockBytes = 1 << 14; // the decoded block fits the first-level cache and stays out of the large-object heap

    // 2³¹: some float files are scaled like 32-bit integers. Larger values are no audio, and their power spectrum would overflow.
    private const float MaxAmplitude = 2147483648f;

    /// <summary>
    /// Reads from the position of the stream to the end of the samples. Memory grows with the bytes read, not with the length in the
    /// header, which can be wrong.
    /// </summary>
    /// <param name="stream">A stream at the first sample; it need not be seekable.</param>
    /// <param name="header">Offset of the first sample, and length in bytes.</param>
    /// <param name="format">Format of the samples.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="arrived">Called after each block.</param>
    /// <exception cref="InvalidDataException">
    /// There are no samples, samples that are not finite, or more samples than an array can have.
    /// </exception>
    public static Waveform Read(Stream stream, SoundHeader header, SampleFormat format, FileNotes notes, Action? arrived = null)
    {
        long dataBytes = header.DataBytes;
        int frameBytes = format.FrameBytes;
        int blockFrames = Math.Max(1, BlockBytes / frameBytes);
        byte[] block = new byte[blockFrames * frameBytes];
        float[] decoded = new float[blockFrames * format.Channels];
        float[] samples = GC.AllocateUninitializedArray<float>(ExpectedFrames(stream, dataBytes, frameBytes, blockFrames, notes));
        int count = 0;
        long left = dataBytes == SoundHeader.ToTheEnd ? long.MaxValue : dataBytes;
        int strayBytes = 0;
        while (left > 0 && strayBytes == 0)
        {
            int wanted = (int)Math.Min(block.Length, left);
            int got = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            if (got == 0)
                break;
            left -= got;
            strayBytes = got % frameBytes;
            Span<float> mono = SampleDecoder.DecodeMono(block.AsSpan(0, got - strayBytes), format, decoded);
            if (format.Coding == SampleCoding.Float)
                CheckFinite(mono, count, format, header.Start, notes);
            if (count + (long)mono.Length > Array.MaxLength)
                throw TooLong(notes);
            if (count + mono.Length > samples.Length)
                Array.Resize(ref samples, (int)Math.Min(Array.MaxLength, Math.Max(count + mono.Length, 2L * samples.Length)));
            mono.CopyTo(samples.AsSpan(count));
            count += mono.Length;
            arrived?.Invoke();
        }

        if (count == 0)
            throw notes.Fault(header.Start, "no samples: the file ends after its header");
        if (dataBytes != SoundHeader.ToTheEnd && left > 0)
            notes.Warn(string.Create(CultureInfo.InvariantCulture,
                $"truncated: {Seconds(count)} s of the {Seconds(dataBytes / frameBytes)} s that the header promises were read"));
        else if (strayBytes > 0)
            notes.Warn($"the last {strayBytes} bytes of the samples are no whole frame of {frameBytes} bytes and were left out");
        Array.Resize(ref samples, count);
        return new Waveform(samples, format.SampleRate);

        double Seconds(long frames) => Math.Round((double)frames / format.SampleRate, 3);
    }

    private static int ExpectedFrames(Stream stream, long dataBytes, int frameBytes, int blockFrames, FileNotes notes)
    {
        if (!stream.CanSeek)
            return blockFrames;
        long present = stream.Length - stream.Position;
        long bytes = dataBytes == SoundHeader.ToTheEnd ? present : Math.Min(present, dataBytes);
        return bytes / frameBytes <= Array.MaxLength ? (int)(bytes / frameBytes) : throw TooLong(notes);
    }

    private static InvalidDataException TooLong(FileNotes notes) =>
        notes.Fault($"more than {Array.MaxLength} samples: cut the file into shorter ones");

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
