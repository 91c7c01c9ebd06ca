using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// 128 bits that describe the changes of a recording's level around a position: the signs of random projections (Charikar 2002). The share
/// of unequal bits of two codes is the angle between their changes of level, divided by π.
/// </summary>
/// <param name="Low">The first 64 bits.</param>
/// <param name="High">The other bits.</param>
internal readonly record struct EnvelopeCode(ulong Low, ulong High)
{
    /// <summary>Distance in blocks up to which the levels to both sides count.</summary>
    public const int Reach = 48;

    private const int Bits = 128;

    // A change is the difference of the levels one block before and one after.
    private const int Changes = 2 * Reach;

    private static readonly float[] Weights = RandomWeights(Bits * Changes);

    /// <summary>The code of the levels around a block.</summary>
    /// <param name="levels">Logarithmic level of each block, with <see cref="Reach"/> + 1 more at both ends.</param>
    /// <param name="block">The block, without the additional ones.</param>
    public static EnvelopeCode Compute(ReadOnlySpan<float> levels, int block)
    {
        Span<float> changes = stackalloc float[Changes];
        for (int i = 0; i < Changes; i++)
            changes[i] = levels[block + i + 2] - levels[block + i];
        ulong low = 0, high = 0;
        for (int bit = 0; bit < 64; bit++)
        {
            if (Project(changes, bit) > 0)
                low |= 1UL << bit;
            if (Project(changes, 64 + bit) > 0)
                high |= 1UL << bit;
        }
        return new EnvelopeCode(low, high);
    }

    /// <summary>Number of unequal bits.</summary>
    public int Distance(EnvelopeCode other) => BitOperations.PopCount(Low ^ other.Low) + BitOperations.PopCount(High ^ other.High);

    private static float Project(ReadOnlySpan<float> changes, int bit)
    {
        ReadOnlySpan<Vector256<float>> a = MemoryMarshal.Cast<float, Vector256<float>>(changes);
        ReadOnlySpan<Vector256<float>> b = MemoryMarshal.Cast<float, Vector256<float>>(Weights.AsSpan(bit * Changes, Changes));
        Vector256<float> sum = Vector256<float>.Zero;
        for (int i = 0; i < a.Length; i++)
            sum = Vector256.FusedMultiplyAdd(a[i], b[i], sum);
        return Vector256.Sum(sum);
    }

    // 1 or −1 by SplitMix64 (Steele, Lea and Flood 2014). They must not change, because codes are compared with stored ones.
    private static float[] RandomWeights(int count)
    {
        float[] weights = new float[count];
        ulong state = 1;
        for (int i = 0; i < count; i++)
        {
            ulong z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            weights[i] = (z ^ (z >> 31)) >> 63 == 0 ? 1 : -1;
        }
        return weights;
    }
}
