using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Support;

/// <summary>The signals that several tests use: speech, noise, tones and silence.</summary>
internal static class TestSignals
{
    /// <summary>Sampling rate in hertz of the signals that are given in seconds.</summary>
    public const int Rate = 16000;

    private static readonly SyntheticCorpus Corpus = new(new SyntheticSettings { Speakers = 4, UtterancesPerEmotion = 1 });

    /// <summary>An utterance of the synthetic corpus, without the silence around it and with its peak at 0.5.</summary>
    public static float[] Speech(int index)
    {
        float[] samples = Corpus.Render(index % Corpus.Utterances.Count).Samples;
        float peak = samples.Max(Math.Abs);
        int first = Array.FindIndex(samples, x => Math.Abs(x) > 0.03f * peak);
        int last = Array.FindLastIndex(samples, x => Math.Abs(x) > 0.03f * peak);
        return [.. samples[first..(last + 1)].Select(x => x * 0.5f / peak)];
    }

    /// <summary>Coloured noise in syllables, with silence around it: cheap, of any length, another signal for every seed.</summary>
    public static float[] Syllables(int seed, int rate = Rate, double seconds = 1)
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

    /// <summary>The signal plus white noise whose energy is <paramref name="share"/> times the signal's.</summary>
    public static float[] WithNoise(float[] samples, double share, int seed)
    {
        SeededRandom random = Seeds.Random(seed, "test-noise");
        double power = samples.Sum(x => (double)x * x) / samples.Length * share;
        double scale = Math.Sqrt(12 * power);
        return Array.ConvertAll(samples, x => x + (float)(scale * (random.NextDouble() - 0.5)));
    }

    public static float[] Silence(double seconds) => new float[(int)(seconds * Rate)];

    /// <summary>White noise from −0.5 to 0.5, by the number of samples.</summary>
    /// <remarks>Drawn from <see cref="Random"/>: reference values of the features depend on these numbers.</remarks>
    public static float[] Noise(int samples, int seed = 1)
    {
        Random random = new(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++)
            noise[i] = (float)(random.NextDouble() - 0.5);
        return noise;
    }

    /// <summary>White noise from −<paramref name="amplitude"/> to <paramref name="amplitude"/>, by its duration.</summary>
    /// <remarks>Drawn from the program's own generator: thresholds of the tests on voice activity depend on these numbers.</remarks>
    public static float[] WhiteNoise(double seconds, double amplitude, int seed = 1)
    {
        SeededRandom random = Seeds.Random(seed, "white");
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => (float)(amplitude * (2 * random.NextDouble() - 1)))];
    }

    /// <summary>Noise that falls by 3 dB an octave: white noise through P. Kellet's filter.</summary>
    public static float[] PinkNoise(double seconds, double amplitude, int seed = 1)
    {
        double b0 = 0, b1 = 0, b2 = 0;
        return Array.ConvertAll(WhiteNoise(seconds, 1, seed), white =>
        {
            b0 = (0.99765 * b0) + (white * 0.0990460);
            b1 = (0.96300 * b1) + (white * 0.2965164);
            b2 = (0.57000 * b2) + (white * 1.0526913);
            return (float)(amplitude * 0.2 * (b0 + b1 + b2 + (white * 0.1848)));
        });
    }

    /// <summary>Mains hum of 50 Hz with its third and fifth harmonic.</summary>
    public static float[] Hum(double seconds, double amplitude) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (float)(amplitude * (Math.Sin(Math.Tau * 50 * i / Rate)
            + (0.5 * Math.Sin(Math.Tau * 150 * i / Rate)) + (0.3 * Math.Sin(Math.Tau * 250 * i / Rate)))))];

    public static float[] Sine(int samples, double hertz, int sampleRate = Rate, double amplitude = 0.5)
    {
        float[] sine = new float[samples];
        for (int i = 0; i < samples; i++)
            sine[i] = (float)(amplitude * Math.Sin(2 * Math.PI * hertz * i / sampleRate));
        return sine;
    }

    public static float[] Constant(int samples, float value)
    {
        float[] constant = new float[samples];
        Array.Fill(constant, value);
        return constant;
    }

    public static float[] Join(params float[][] parts) => [.. parts.SelectMany(part => part)];

    /// <summary>The sum of two signals; the second repeats to the length of the first.</summary>
    public static float[] Mix(float[] a, float[] b) => [.. a.Select((x, i) => x + b[i % b.Length])];
}
