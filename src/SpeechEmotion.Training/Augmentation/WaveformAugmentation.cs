using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Augmentation of the waveform, before feature extraction: speed perturbation (Ko et al. 2015), simulated reverberation, babble and
/// coloured noise (Ko et al. 2017). All random numbers come from the generators that are passed in.
/// </summary>
internal sealed class WaveformAugmentation(AugmentationSettings settings, int sampleRate)
{
    /// <summary>Speed factors are multiples of 1 / 100: an inaudible rounding that limits the number of resampling filters.</summary>
    private const int SpeedSteps = 100;

    /// <summary>
    /// Impulses per second of the reverberant tail; at this density it sounds smooth (velvet noise, Karjalainen and Järveläinen 2007).
    /// </summary>
    private const int ImpulsesPerSecond = 1500;

    private const double MinReverberationSeconds = 0.1, MaxReverberationSeconds = 0.5;
    private const double MinTailDb = -15, MaxTailDb = -3;
    private const int MinBabbleSpeakers = 3, MaxBabbleSpeakers = 6;

    /// <summary>Whether the settings ask for any waveform augmentation.</summary>
    public static bool IsEnabled(AugmentationSettings settings) =>
        settings.Speed > 0 || settings.Reverberation > 0 || settings.Babble > 0 || settings.Noise > 0;

    /// <summary>Speed perturbation by a random factor, which changes tempo, pitch and formants together.</summary>
    /// <param name="samples">The utterance at the sample rate of the run.</param>
    /// <param name="random">The generator of the factor.</param>
    /// <returns>A changed copy, or the same array where the settings ask for none, and the factor on speed and frequencies.</returns>
    public (float[] Samples, double Factor) PerturbSpeed(float[] samples, SeededRandom random)
    {
        if (settings.Speed == 0)
            return (samples, 1);
        int rate = (int)Math.Round(SpeedSteps * Math.Pow(1 + settings.Speed, (2 * random.NextDouble()) - 1));
        // Samples that are resampled from a rate higher by the factor become fewer: faster and higher at the rate of the run.
        return (new Resampler(rate, SpeedSteps).Resample(samples), (double)rate / SpeedSteps);
    }

    /// <summary>Adds reverberation, babble and noise, each with its own probability.</summary>
    /// <param name="samples">The utterance at the sample rate of the run.</param>
    /// <param name="others">Returns a random utterance of the training part, for babble.</param>
    /// <param name="random">The generator of all random numbers.</param>
    /// <returns>A changed copy, or the same array where nothing was added.</returns>
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

    /// <summary>
    /// Convolution with a simulated room response: the direct sound and a tail of sparse impulses that decays by 60 dB within the
    /// reverberation time. The result has the length of the utterance.
    /// </summary>
    private float[] Reverberate(float[] samples, SeededRandom random)
    {
        double seconds = MinReverberationSeconds + ((MaxReverberationSeconds - MinReverberationSeconds) * random.NextDouble());
        double level = Math.Pow(10, (MinTailDb + ((MaxTailDb - MinTailDb) * random.NextDouble())) / 20);
        int step = sampleRate / ImpulsesPerSecond, impulses = (int)(seconds * ImpulsesPerSecond);
        double[] gains = [.. Enumerable.Range(0, impulses).Select(i => Math.Pow(10, -3.0 * i / impulses))];
        double norm = level / Math.Sqrt(gains.Sum(gain => gain * gain));
        float[] reverberated = [.. samples];
        for (int i = 0; i < impulses; i++)
        {
            int delay = (i * step) + 1 + random.Next(step);
            float gain = (float)(norm * gains[i] * (random.Next(2) == 0 ? 1 : -1));
            if (delay < samples.Length)
                ScaledSum.Add(reverberated.AsSpan(delay), samples.AsSpan(0, samples.Length - delay), gain);
        }
        return reverberated;
    }

    /// <summary>The sum of several utterances of equal power, each repeated from a random position.</summary>
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

    /// <summary>White noise through a one-pole low-pass with a random pole from 0 (white) to 0.98.</summary>
    private static float[] ColouredNoise(int length, SeededRandom random)
    {
        float[] noise = new float[length];
        float pole = (float)(0.98 * random.NextDouble()), last = 0;
        for (int i = 0; i < length; i++)
            noise[i] = last = (pole * last) + (float)(random.NextDouble() - 0.5);
        return noise;
    }

    /// <summary>
    /// A random SNR in dB. It is drawn before the noise, so that clips of different lengths get the same SNR from equal generators.
    /// </summary>
    private double DrawSnr(SeededRandom random) => settings.SnrLow + ((settings.SnrHigh - settings.SnrLow) * random.NextDouble());

    private static float[] Mix(float[] samples, double snrDb, float[] noise)
    {
        float speechNorm = Norm(samples), noiseNorm = Norm(noise);
        float[] sum = [.. samples];
        if (noiseNorm > 0)
            ScaledSum.Add(sum, noise, speechNorm / noiseNorm * (float)Math.Pow(10, -snrDb / 20));
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
