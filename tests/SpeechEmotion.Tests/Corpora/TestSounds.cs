using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora;

/// <summary>Sounds that are like speech in time and spectrum, and differ by their seed.</summary>
internal static class TestSounds
{
    /// <summary>Coloured noise in syllables, with silence around it.</summary>
    public static float[] Speech(int seed, int rate = 16000, double seconds = 1)
    {
        SeededRandom random = Seeds.Random(seed, "test-sound");
        float[] samples = new float[(int)(seconds * rate)];
        double pole = 0.7 + 0.28 * random.NextDouble(), state = 0;
        double syllables = 3 + 3 * random.NextDouble(), phase = random.NextDouble() * Math.Tau;
        double[] levels = [.. Enumerable.Range(0, 64).Select(_ => 0.2 + random.NextDouble())];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / rate, beat = Math.Sin(Math.Tau * syllables * t / 2 + phase);
            double level = levels[(int)(syllables * t) % levels.Length] * beat * beat;
            bool silent = t < 0.1 * seconds || t > 0.85 * seconds;
            state = pole * state + (1 - pole) * (random.NextDouble() - 0.5);
            samples[i] = silent ? 0 : (float)(state * level);
        }
        return samples;
    }

    /// <summary>The sound with white noise that has a share of its energy.</summary>
    public static float[] WithNoise(float[] samples, double share, int seed)
    {
        SeededRandom random = Seeds.Random(seed, "test-noise");
        double power = samples.Sum(x => (double)x * x) / samples.Length * share;
        double scale = Math.Sqrt(12 * power);
        return Array.ConvertAll(samples, x => x + (float)(scale * (random.NextDouble() - 0.5)));
    }
}
