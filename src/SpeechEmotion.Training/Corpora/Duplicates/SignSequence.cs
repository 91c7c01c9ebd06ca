using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>The signs of a band-limited waveform, one bit each; beyond both ends all bits are 0.</summary>
/// <param name="words">64 signs each, the first in the lowest bit.</param>
internal sealed class SignSequence(ulong[] words)
{
    /// <summary>The bits.</summary>
    public ulong[] Words => words;

    /// <summary>Whether the bit at a position is 1.</summary>
    public bool this[int position] => (From(position) & 1) != 0;

    /// <summary>Number of bits that are 1.</summary>
    public int Count => words.Sum(BitOperations.PopCount);

    /// <summary>Bit i is 1 where value i is positive.</summary>
    public static SignSequence FromPositive(ReadOnlySpan<float> values)
    {
        ulong[] words = new ulong[(values.Length + 63) / 64];
        int at = 0;
        for (; at + Vector256<float>.Count <= values.Length; at += Vector256<float>.Count)
        {
            Vector256<float> positive = Vector256.GreaterThan(Vector256.Create(values[at..]), Vector256<float>.Zero);
            words[at / 64] |= (ulong)positive.ExtractMostSignificantBits() << (at % 64);
        }
        for (; at < values.Length; at++)
            words[at / 64] |= (values[at] > 0 ? 1UL : 0) << (at % 64);
        return new SignSequence(words);
    }

    /// <summary>64 consecutive bits from a position on.</summary>
    public ulong From(int position)
    {
        int word = position >> 6, bit = position & 63;
        ulong low = (uint)word < (uint)words.Length ? words[word] : 0;
        if (bit == 0)
            return low;
        ulong high = (uint)(word + 1) < (uint)words.Length ? words[word + 1] : 0;
        return (low >> bit) | (high << (64 - bit));
    }

    /// <summary>64 bits from a position on, every <paramref name="stride"/>-th; 64 is a multiple of it.</summary>
    public ulong From(int position, int stride)
    {
        ulong result = 0;
        int filled = 0;
        for (int at = position; filled < 64; at += 64)
            for (ulong word = From(at), end = (ulong)filled + 64 / (ulong)stride; (ulong)filled < end; filled++, word >>= stride)
                result |= (word & 1) << filled;
        return result;
    }
}
