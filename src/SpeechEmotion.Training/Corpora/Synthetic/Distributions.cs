using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>Further distributions of random numbers for the synthesiser.</summary>
internal static class Distributions
{
    /// <summary>A number from the uniform distribution between two bounds.</summary>
    public static double Uniform(this SeededRandom random, double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>
    /// White noise of mean 0 and standard deviation 1, the sum of four uniform 16-bit numbers: nearly normal within ±3.5 and far cheaper
    /// than <see cref="SeededRandom.Normal"/>.
    /// </summary>
    public static double Noise(this SeededRandom random)
    {
        ulong bits = random.NextBits();
        int sum = (int)(bits & 0xffff) + (int)((bits >> 16) & 0xffff) + (int)((bits >> 32) & 0xffff) + (int)(bits >> 48);
        return (sum - 131070) * (1 / 37837.2); // standard deviation of one number: 65536 / √12 = 18918.6, of four: twice that
    }
}
