using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Random changes of the sound itself, before features: played faster or slower (pitch, formants and tempo together), in a room,
/// with other voices or noise behind it. Drawn from the generator that is given.
/// </summary>
internal sealed class WaveformAugmentation(AugmentationSettings settings, int sampleRate)
{
    private const int SpeedSteps = 100; // a hundredth is far below what is heard, and limits the filters to be designed

    /// <summary>Impulses a second of a room's tail: above this it sounds smooth (velvet noise, Karjalainen and Järveläinen 2007).</summary>
    private const int ImpulsesPerSecond = 1500;

    private const double MinRoomSeconds = 0.1, MaxRoomSeconds = 0.5;
    private const double MinTailDb = -15, MaxTailDb = -3;
    private const int MinBabbleSpeakers = 3, MaxBabbleSpeakers = 6;

    /// <summary>Whether settings ask for any of these changes.</summary>
    public static bool IsEnabled(AugmentationSettings settings) =>
        settings.Speed > 0 || settings.Reverberation > 0 || settings.Babble > 0 || settings.Noise > 0;

    /// <summary>An utterance played faster or slower.</summary>
    /// <param name="samples">The utterance at the run's rate.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>A changed copy, or the samples themselves, and the factor by which frequencies went up.</returns>
    public (float[] Samples, double Factor) PerturbSpeed(float[] samples, SeededRandom random)
    {
        if (settings.Speed == 0)
            return (samples, 1);
        int rate = (int)Math.Round(SpeedSteps * Math.Pow(1 + settings.Speed, (2 * random.NextDouble()) - 1));
        // Taken for sound of a higher rate, the same samples are shorter at the run's rate: faster and higher.
        return (new Resampler(rate, SpeedSteps).Resample(samples), (double)rate / SpeedSteps);
    }

    /// <summary>An utterance as heard in a room, behind other voices, in noise.</summary>
    /// <param name="samples">The utterance at the run's rate.</param>
    /// <param name="others">Gives another utterance of the training part, for voices behind this one.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>A changed copy, or the samples themselves.</returns>
    public float[] AddNoise(float[] samples, Func<float[]> others, SeededRandom random)
    {
        if (settings.Reverberation > 0 && random.NextDouble() < settings.Reverberation)
            samples = Reverberate(samples, random);
        if (settings.Babble > 0 && random.NextDouble() < settings.Babble)
            samples = Mix(samples, DrawSnr(random), Babble(samples.Length, others, random));
        if (settings.Noise > 0 && random.NextDouble() < settings.Noise)
            samples = Mix(samples, DrawSnr(random), ColouredNoise(samples.Length, random));
        return samples;
    }

    /// <summary>The direct sound and a tail of sparse impulses that falls by 60 dB over the room's time; cut to the utterance's length.</summary>
    private float[] Reverberate(float[] samples, SeededRandom random)
    {
        double seconds = MinRoomSeconds + ((MaxRoomSeconds - MinRoomSeconds) * random.NextDouble());
        double level = Math.Pow(10, (MinTailDb + ((MaxTailDb - MinTailDb) * random.NextDouble())) / 20);
        int step = sampleRate / ImpulsesPerSecond, impulses = (int)(seconds * ImpulsesPerSecond);
        double[] gains = [.. Enumerable.Range(0, impulses).Select(i => Math.Pow(10, -3.0 * i / impulses))];
        double norm = level / Math.Sqrt(gains.Sum(gain => gain * gain));
        float[] heard = [.. samples];
        for (int i = 0; i < impulses; i++)
        {
            int delay = (i * step) + 1 + random.Next(step);
            float gain = (float)(norm * gains[i] * (random.Next(2) == 0 ? 1 : -1));
            if (delay < samples.Length)
                ScaledSum.Add(heard.AsSpan(delay), samples.AsSpan(0, samples.Length - delay), gain);
        }
        return heard;
    }

    /// <summary>Several other utterances at once, each from a random place, over and over.</summary>
    private static float[] Babble(int length, Func<float[]> others, SeededRandom random)
    {
        float[] sum = new float[length];
        int speakers = MinBabbleSpeakers + random.Next(MaxBabbleSpeakers - MinBabbleSpeakers + 1);
        for (int speaker = 0; speaker < speakers; speaker++)
        {
            float[] other = others();
            float level = Norm(other);
            if (other.Length == 0 || level == 0)
                continue;
            int at = random.Next(other.Length);
            for (int i = 0; i < length;)
            {
                int count = Math.Min(length - i, other.Length - at);
                ScaledSum.Add(sum.AsSpan(i, count), other.AsSpan(at, count), MathF.Sqrt(other.Length) / level);
                i += count;
                at = 0;
            }
        }
        return sum;
    }

    /// <summary>White noise through one pole at a random place: from hiss to rumble.</summary>
    private static float[] ColouredNoise(int length, SeededRandom random)
    {
        float[] noise = new float[length];
        float pole = (float)(0.98 * random.NextDouble()), last = 0;
        for (int i = 0; i < length; i++)
            noise[i] = last = (pole * last) + (float)(random.NextDouble() - 0.5);
        return noise;
    }

    /// <summary>A random ratio of the powers of speech and background, in dB. Drawn before the background: whatever the clips' lengths, the same numbers give the same surroundings.</summary>
    private double DrawSnr(SeededRandom random) => settings.SnrLow + ((settings.SnrHigh - settings.SnrLow) * random.NextDouble());

    private static float[] Mix(float[] samples, double ratio, float[] background)
    {
        float own = Norm(samples), other = Norm(background);
        float[] sum = [.. samples];
        if (other > 0)
            ScaledSum.Add(sum, background, own / other * (float)Math.Pow(10, -ratio / 20));
        return sum;
    }

    private static float Norm(float[] samples)
    {
        double squares = 0;
        foreach (float sample in samples)
            squares += sample * sample;
        return (float)Math.Sqrt(squares);
    }
}
