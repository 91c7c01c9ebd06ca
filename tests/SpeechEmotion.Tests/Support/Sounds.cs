using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Support;

/// <summary>Speech, and what is none, at 16 kHz.</summary>
internal static class Sounds
{
    public const int Rate = 16000;

    private static readonly SyntheticCorpus Speakers = new(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1 });

    /// <summary>An utterance of the synthetic corpus, without the silence around it and with its peak at 0.5.</summary>
    public static float[] Speech(int index)
    {
        float[] samples = Speakers.Render(index % Speakers.Utterances.Count).Samples;
        float peak = samples.Max(Math.Abs);
        int first = Array.FindIndex(samples, x => Math.Abs(x) > 0.03f * peak), last = Array.FindLastIndex(samples, x => Math.Abs(x) > 0.03f * peak);
        return [.. samples[first..(last + 1)].Select(x => x * 0.5f / peak)];
    }

    public static float[] Silence(double seconds) => new float[(int)(seconds * Rate)];

    public static float[] White(double seconds, double amplitude, int seed = 1)
    {
        SeededRandom random = Seeds.Random(seed, "white");
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (float)(amplitude * (2 * random.NextDouble() - 1)))];
    }

    /// <summary>−3 dB an octave, by P. Kellet's filter of white noise.</summary>
    public static float[] Pink(double seconds, double amplitude, int seed = 1)
    {
        double b0 = 0, b1 = 0, b2 = 0;
        return Array.ConvertAll(White(seconds, 1, seed), white =>
        {
            b0 = (0.99765 * b0) + (white * 0.0990460);
            b1 = (0.96300 * b1) + (white * 0.2965164);
            b2 = (0.57000 * b2) + (white * 1.0526913);
            return (float)(amplitude * 0.2 * (b0 + b1 + b2 + (white * 0.1848)));
        });
    }

    /// <summary>Mains hum with its first harmonics.</summary>
    public static float[] Hum(double seconds, double amplitude) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i =>
            (float)(amplitude * (Math.Sin(Math.Tau * 50 * i / Rate) + (0.5 * Math.Sin(Math.Tau * 150 * i / Rate)) + (0.3 * Math.Sin(Math.Tau * 250 * i / Rate)))))];

    public static float[] Join(params float[][] parts) => [.. parts.SelectMany(part => part)];

    public static float[] Mix(float[] a, float[] b) => [.. a.Select((x, i) => x + b[i % b.Length])];
}
