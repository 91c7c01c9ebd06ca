using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>What the synthesiser draws from a generator, beside what that gives itself.</summary>
internal static class Distributions
{
    /// <summary>Uniform between two bounds.</summary>
    public static double Uniform(this SeededRandom random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>
    /// White noise of mean 0 and deviation 1, the sum of four 16-bit numbers: bell-shaped within ±3.5 and far cheaper than
    /// <see cref="SeededRandom.Normal"/>.
    /// </summary>
    public static double Noise(this SeededRandom random)
    {
        ulong bits = random.NextBits();
        int sum = (int)(bits & 0xffff) + (int)((bits >> 16) & 0xffff) + (int)((bits >> 32) & 0xffff) + (int)(bits >> 48);
        return (sum - 131070) * (1 / 37837.2); // one of the four deviates by 65536 / √12 = 18918.6, their sum by twice that
    }
}
