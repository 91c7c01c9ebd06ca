using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>
/// Zero-crossing rate of centred frames, the signal's end values repeated outside it (<c>librosa.feature.zero_crossing_rate</c>):
/// a sample at most 1e-10 from zero counts as positive.
/// </summary>
internal static class ZeroCrossings
{
    private const float Negative = -1e-10f;

    /// <summary>Words that the crossings of a signal take, 64 samples each.</summary>
    public static int Words(int samples) => (samples + 63) / 64;

    /// <summary>Share of crossings among the samples of each frame.</summary>
    /// <param name="samples">The signal.</param>
    /// <param name="length">Frame length in samples.</param>
    /// <param name="hop">Samples between frames.</param>
    /// <param name="first">The first frame wanted, centred on sample first·hop.</param>
    /// <param name="words">Room for <see cref="Words"/>.</param>
    /// <param name="rates">Result, one a frame.</param>
    public static void Rates(ReadOnlySpan<float> samples, int length, int hop, int first, Span<ulong> words, Span<float> rates)
    {
        Mark(samples, words);
        for (int frame = 0; frame < rates.Length; frame++)
        {
            // A frame's first sample has no neighbour in it. Repeated end values cross nothing.
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
                    negative |= (ulong)Vector256.LessThanOrEqual(Vector256.Create(part.Slice(i, 8)), limit).ExtractMostSignificantBits() << i;
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
