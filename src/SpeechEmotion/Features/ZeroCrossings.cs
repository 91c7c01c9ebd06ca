using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>
/// Zero-crossing rate of centred frames, with the first and last sample repeated outside the signal
/// (<c>librosa.feature.zero_crossing_rate</c>). A sample within 1e-10 of zero counts as positive.
/// </summary>
internal static class ZeroCrossings
{
    private const float Negative = -1e-10f;

    /// <summary>Number of words for the crossings of a signal, 64 samples each.</summary>
    public static int Words(int samples) => (samples + 63) / 64;

    /// <summary>Computes the share of crossings among the samples of each frame.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="length">Frame length in samples.</param>
    /// <param name="hop">Hop in samples.</param>
    /// <param name="first">Number of the first frame to compute, centred on sample first·hop.</param>
    /// <param name="words">Buffer of <see cref="Words"/> words.</param>
    /// <param name="rates">Result: [frames].</param>
    public static void Rates(ReadOnlySpan<float> samples, int length, int hop, int first, Span<ulong> words, Span<float> rates)
    {
        Mark(samples, words);
        for (int frame = 0; frame < rates.Length; frame++)
        {
            // The first sample of a frame has no predecessor in it. Repeated samples do not cross zero.
            long start = ((long)first + frame) * hop - length / 2;
            int from = (int)Math.Clamp(start + 1, 0, samples.Length);
            int to = (int)Math.Clamp(start + length, from, samples.Length);
            rates[frame] = (float)((double)Count(words, from, to) / length);
        }
    }

    // Bit i of the words: sample i differs in sign from sample i − 1.
    private static void Mark(ReadOnlySpan<float> samples, Span<ulong> words)
    {
        ulong previous = samples[0] <= Negative ? 1UL : 0;
        Vector256<float> limit = Vector256.Create(Negative);
        for (int word = 0; word < words.Length; word++)
        {
            ReadOnlySpan<float> part = samples[(64 * word)..];
            ulong negative = 0;
            if (part.Length >= 64)
            {
                for (int i = 0; i < 64; i += 8)
                {
                    Vector256<float> below = Vector256.LessThanOrEqual(Vector256.Create(part.Slice(i, 8)), limit);
                    negative |= (ulong)below.ExtractMostSignificantBits() << i;
                }
            }
            else
            {
                for (int i = 0; i < 64; i++)
                    negative |= (part[Math.Min(i, part.Length - 1)] <= Negative ? 1UL : 0) << i;
            }
            words[word] = negative ^ (negative << 1 | previous);
            previous = negative >> 63;
        }
    }

    private static int Count(ReadOnlySpan<ulong> words, int from, int to)
    {
        if (from >= to)
            return 0;
        int first = from / 64, last = (to - 1) / 64;
        ulong head = ulong.MaxValue << (from % 64), tail = ulong.MaxValue >> (63 - (to - 1) % 64);
        if (first == last)
            return BitOperations.PopCount(words[first] & head & tail);
        int count = BitOperations.PopCount(words[first] & head) + BitOperations.PopCount(words[last] & tail);
        for (int word = first + 1; word < last; word++)
            count += BitOperations.PopCount(words[word]);
        return count;
    }
}
