using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// The recording conditions of an utterance: reflections, background noise and distance from the microphone. They are independent of the
/// emotion.
/// </summary>
internal static class Room
{
    private const int Reflections = 8;
    private const double MaxPeak = 0.9; // below full scale

    /// <summary>
    /// Adds reflections and noise to speech, in place. The RMS becomes <paramref name="level"/> in dB relative to full scale, plus a random
    /// change due to the distance with a standard deviation of 5 dB.
    /// </summary>
    public static void Record(float[] sound, double level, SeededRandom random)
    {
        Reflect(sound, random);
        double power = 0;
        foreach (float sample in sound)
            power += (double)sample * sample;
        double distance = 5 * random.Normal(); // dB
        double gain = Math.Pow(10, (level + distance) / 20) / Math.Sqrt(power / sound.Length);
        // The noise level is relative to the speech level, as after manual adjustment of the recording level: otherwise a low SNR would
        // indicate soft emotions.
        double noise = Math.Pow(10, (level + distance - random.Uniform(28, 42)) / 20);
        AddNoise(sound, noise, gain, random);
    }

    private static void Reflect(float[] sound, SeededRandom random)
    {
        Span<int> delays = stackalloc int[Reflections];
        Span<float> gains = stackalloc float[Reflections];
        double reflectionGain = random.Uniform(0.05, 0.25);
        double decay = random.Uniform(0.015, 0.05); // seconds
        for (int i = 0; i < Reflections; i++)
        {
            double delay = random.Uniform(0.002, 0.06);
            delays[i] = (int)(delay * SyntheticCorpus.SampleRate);
            gains[i] = (float)(reflectionGain * Math.Exp(-delay / decay) * (random.NextDouble() < 0.5 ? -1 : 1));
        }
        // From the end, so that only the direct sound is reflected.
        for (int i = sound.Length - 1; i >= 0; i--)
            for (int r = 0; r < Reflections; r++)
                if (i >= delays[r])
                    sound[i] += gains[r] * sound[i - delays[r]];
    }

    private static void AddNoise(float[] sound, double noise, double gain, SeededRandom random)
    {
        double pole = random.Uniform(0.6, 0.95); // of a low-pass: the noise of rooms is strongest at low frequencies
        double inputGain = Math.Sqrt(1 - (pole * pole)); // for unit variance
        double state = 0, peak = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            state = (pole * state) + (inputGain * random.Noise());
            double sample = (gain * sound[i]) + (noise * state);
            peak = Math.Max(peak, Math.Abs(sample));
            sound[i] = (float)sample;
        }
        if (peak <= MaxPeak)
            return;
        float scale = (float)(MaxPeak / peak);
        for (int i = 0; i < sound.Length; i++)
            sound[i] *= scale;
    }
}
