using System.Text;

namespace SpeechEmotion.Settings;

/// <summary>
/// Named sub-seeds of the seed in the settings. Each use of randomness has a generator of its own, so that a change in the number
/// of values drawn for one use does not affect the others.
/// </summary>
internal static class Seeds
{
    /// <summary>
    /// The sub-seed of <paramref name="name"/>: SplitMix64's finisher over the FNV-1a hash of the name's UTF-8 bytes and
    /// the seed. The value is the same on every machine and runtime.
    /// </summary>
    public static ulong Derive(int seed, string name) =>
        SeededRandom.Mix(Fnv1A(Encoding.UTF8.GetBytes(name)) ^ SeededRandom.Mix(unchecked((uint)seed)));

    /// <summary>A generator started from the sub-seed of <paramref name="name"/>.</summary>
    public static SeededRandom Random(int seed, string name) => new(Derive(seed, name));

    // Fowler, Noll, Vo: FNV-1a, 64 bits.
    internal static ulong Fnv1A(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte value in bytes)
            hash = unchecked((hash ^ value) * 0x100000001b3);
        return hash;
    }
}
