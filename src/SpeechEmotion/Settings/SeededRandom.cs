namespace SpeechEmotion.Settings;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014). The numbers depend on the seed alone, whereas those of <see cref="Random"/> can change
/// with the version of the runtime. Not thread-safe.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>Complete state. A generator constructed from it continues the sequence.</summary>
    public ulong State => state;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            ulong bits = Mix(state);
            state += 0x9e3779b97f4a7c15;
            return bits;
        }
    }

    /// <summary>A uniformly distributed integer from 0 to <paramref name="limit"/> − 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        // Lemire 2019, "Fast random integer generation in an interval": products whose low half is too small are drawn again.
        ulong range = (ulong)limit;
        ulong high = Math.BigMul(NextBits(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = unchecked(0 - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextBits(), range, out low);
        }
        return (int)high;
    }

    /// <summary>A uniformly distributed number from 0 to below 1, in steps of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A normally distributed number of mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles the values; all orders are equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    // One step of SplitMix64: adds the golden gamma, then finishes (Stafford's variant 13 of MurmurHash3's finisher).
    internal static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9e3779b97f4a7c15;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }
}
