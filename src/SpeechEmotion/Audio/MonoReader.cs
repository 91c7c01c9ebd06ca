using System.Globalization;

namespace SpeechEmotion.Audio;

/// <summary>The samples behind a header → one mono waveform.</summary>
internal static class MonoReader
{
    private const int BlockBytes = 1 << 14; // decoded it stays in the nearest cache, and out of the large-object heap

    // Float files scaled like 32-bit integers exist; anything beyond is no sound, and its power spectrum would overflow.
    private const float MaxAmplitude = 2147483648f;

    /// <summary>Reads from the stream's position to the end of the samples. Memory grows with the bytes that arrive, not with what the header claims.</summary>
    /// <param name="stream">Stands at the first sample; need not seek.</param>
    /// <param name="header">Where they begin, and how many the file promises.</param>
    /// <param name="format">How the samples are written.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="arrived">Called after each block.</param>
    /// <exception cref="InvalidDataException">No samples, samples that are not finite, or more than an array holds.</exception>
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
            throw notes.Fault(header.Start, "no samples: nothing stands behind the header");
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

    /// <summary>Refuses samples that are no sound.</summary>
    /// <param name="samples">The next samples.</param>
    /// <param name="before">How many stand before them.</param>
    /// <param name="format">How they were written.</param>
    /// <param name="start">How many bytes stand before the first of all.</param>
    /// <param name="notes">Names the file.</param>
    /// <exception cref="InvalidDataException">One is not finite, or beyond any scale; the message says which.</exception>
    internal static void CheckFinite(ReadOnlySpan<float> samples, long before, SampleFormat format, long start, FileNotes notes)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if (MathF.Abs(samples[i]) <= MaxAmplitude) // false for NaN too
                continue;
            throw notes.Fault(start + ((before + i) * format.FrameBytes), string.Create(CultureInfo.InvariantCulture,
                $"sample {before + i} (at {(before + (double)i) / format.SampleRate:0.###} s) is {samples[i]}: must be a finite number up to ±2^31"));
        }
    }
}
