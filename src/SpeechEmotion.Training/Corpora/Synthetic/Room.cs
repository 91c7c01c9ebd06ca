using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>
/// Where an utterance was recorded: a few reflections, background noise and a distance from the microphone, none of which knows
/// the emotion.
/// </summary>
internal static class Room
{
    private const int Reflections = 8;
    private const double Ceiling = 0.9; // peak of the loudest recordings: below full scale

    /// <summary>
    /// Adds reflections and noise to speech in place; its RMS becomes <paramref name="level"/> dB (0: full scale), give or take the
    /// distance.
    /// </summary>
    public static void Record(float[] sound, double level, SeededRandom random)
    {
        Reflect(sound, random);
        double power = 0;
        foreach (float sample in sound)
            power += (double)sample * sample;
        double distance = 5 * random.Normal(); // dB
        double gain = Math.Pow(10, (level + distance) / 20) / Math.Sqrt(power / sound.Length);
        // Noise is set against the speech, as when a recording is levelled by hand: otherwise soft emotions would be the noisy ones.
        double noise = Math.Pow(10, (level + distance - random.Uniform(28, 42)) / 20);
        AddNoise(sound, noise, gain, random);
    }

    private static void Reflect(float[] sound, SeededRandom random)
    {
        Span<int> delays = stackalloc int[Reflections];
        Span<float> gains = stackalloc float[Reflections];
        double wet = random.Uniform(0.05, 0.25);
        double decay = random.Uniform(0.015, 0.05); // seconds
        for (int i = 0; i < Reflections; i++)
        {
            double delay = random.Uniform(0.002, 0.06);
            delays[i] = (int)(delay * SyntheticCorpus.SampleRate);
            gains[i] = (float)(wet * Math.Exp(-delay / decay) * (random.NextDouble() < 0.5 ? -1 : 1));
        }
        // From the end, so that every reflection is of the dry sound.
        for (int i = sound.Length - 1; i >= 0; i--)
            for (int r = 0; r < Reflections; r++)
                if (i >= delays[r])
                    sound[i] += gains[r] * sound[i - delays[r]];
    }

    private static void AddNoise(float[] sound, double noise, double gain, SeededRandom random)
    {
        double colour = random.Uniform(0.6, 0.95); // pole of the low-pass: rooms rumble more than they hiss
        double make = Math.Sqrt(1 - (colour * colour));
        double state = 0, peak = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            state = (colour * state) + (make * random.Noise());
            double sample = (gain * sound[i]) + (noise * state);
            peak = Math.Max(peak, Math.Abs(sample));
            sound[i] = (float)sample;
        }
        if (peak <= Ceiling)
            return;
        float scale = (float)(Ceiling / peak);
        for (int i = 0; i < sound.Length; i++)
            sound[i] *= scale;
    }
}
