using System.Buffers.Binary;

namespace SpeechEmotion.Audio;

/// <summary>Decodes bytes of interleaved samples to mono float samples.</summary>
internal static class SampleDecoder
{
    /// <summary>Decodes whole frames and averages their channels.</summary>
    /// <param name="bytes">Frames, <see cref="SampleFormat.FrameBytes"/> each.</param>
    /// <param name="format">Their format.</param>
    /// <param name="samples">Buffer for all decoded samples, frames × channels.</param>
    /// <returns>The mono samples, at the start of <paramref name="samples"/>.</returns>
    public static Span<float> DecodeMono(ReadOnlySpan<byte> bytes, SampleFormat format, Span<float> samples)
    {
        samples = samples[..(bytes.Length / format.Bytes)];
        switch (format.Coding)
        {
            case SampleCoding.Signed: DecodeSigned(bytes, format, samples); break;
            case SampleCoding.Float: DecodeFloat(bytes, format, samples); break;
            case SampleCoding.ALaw: DecodeTable(bytes, G711.ALaw, samples); break;
            case SampleCoding.MuLaw: DecodeTable(bytes, G711.MuLaw, samples); break;
            default:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = (bytes[i] - 128) / 128f;
                break;
        }
        return Average(samples, format.Channels);
    }

    private static void DecodeSigned(ReadOnlySpan<byte> bytes, SampleFormat format, Span<float> samples)
    {
        // 24-bit samples are left-justified in an int, so that 24 and 32 bits share one scale.
        const float scale = 1f / 2147483648;
        switch (format.Bytes)
        {
            case 1:
                for (int i = 0; i < samples.Length; i++)
                    samples[i] = (sbyte)bytes[i] / 128f;
                break;
            case 2:
                for (int i = 0; i < samples.Length; i++)
                {
                    ReadOnlySpan<byte> at = bytes.Slice(i * 2, 2);
                    samples[i] = (format.BigEndian
                        ? BinaryPrimitives.ReadInt16BigEndian(at)
                        : BinaryPrimitives.ReadInt16LittleEndian(at)) / 32768f;
                }
                break;
            case 3:
                for (int i = 0; i < samples.Length; i++)
                {
                    ReadOnlySpan<byte> at = bytes.Slice(i * 3, 3);
                    int value = format.BigEndian
                        ? (at[0] << 24) | (at[1] << 16) | (at[2] << 8)
                        : (at[2] << 24) | (at[1] << 16) | (at[0] << 8);
                    samples[i] = value * scale;
                }
                break;
            default:
                for (int i = 0; i < samples.Length; i++)
                {
                    ReadOnlySpan<byte> at = bytes.Slice(i * 4, 4);
                    samples[i] = scale * (format.BigEndian
                        ? BinaryPrimitives.ReadInt32BigEndian(at)
                        : BinaryPrimitives.ReadInt32LittleEndian(at));
                }
                break;
        }
    }

    private static void DecodeFloat(ReadOnlySpan<byte> bytes, SampleFormat format, Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.Slice(i * format.Bytes, format.Bytes);
            samples[i] = (format.Bytes, format.BigEndian) switch
            {
                (4, false) => BinaryPrimitives.ReadSingleLittleEndian(at),
                (4, true) => BinaryPrimitives.ReadSingleBigEndian(at),
                (_, false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(at),
                (_, true) => (float)BinaryPrimitives.ReadDoubleBigEndian(at),
            };
        }
    }

    private static void DecodeTable(ReadOnlySpan<byte> bytes, float[] table, Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = table[bytes[i]];
    }

    /// <summary>[frames × channels] → [frames], in place.</summary>
    private static Span<float> Average(Span<float> samples, int channels)
    {
        if (channels == 1)
            return samples;
        int frames = samples.Length / channels;
        for (int frame = 0; frame < frames; frame++)
        {
            double sum = 0; // in double, rounding errors of the sum are far below float precision
            foreach (float sample in samples.Slice(frame * channels, channels))
                sum += sample;
            samples[frame] = (float)(sum / channels);
        }
        return samples[..frames];
    }
}
