using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>An utterance as recorded, from which the conditions make disturbed copies.</summary>
/// <param name="utterance">Path and speaker.</param>
/// <param name="samples">Samples at the rate of the model; never changed.</param>
/// <param name="sampleRate">Rate of the model in Hz.</param>
/// <param name="seed">Seed of all random numbers.</param>
internal sealed class CleanUtterance(Utterance utterance, float[] samples, int sampleRate, int seed)
{
    private readonly Lazy<double> activeLevel = new(() => SpeechLevel.MeasureDecibels(samples, sampleRate));

    /// <summary>Samples, nominally −1 to 1.</summary>
    public float[] Samples => samples;

    /// <summary>Rate of the samples in Hz.</summary>
    public int SampleRate => sampleRate;

    /// <summary>The speaker; where the corpus names none, the path, so that each utterance has a speaker of its own.</summary>
    public string Speaker => SpeakerOf(utterance);

    /// <summary>Active speech level in dB relative to full scale; −∞ for silence.</summary>
    public double ActiveLevel => activeLevel.Value;

    /// <summary>See <see cref="Speaker"/>.</summary>
    public static string SpeakerOf(Utterance utterance) => utterance.Speaker.Length > 0 ? utterance.Speaker : utterance.Path;

    /// <summary>The generator of one disturbance of this utterance: it depends on the seed and on the path alone.</summary>
    public SeededRandom Random(string purpose) => Seeds.Random(seed, $"robustness/{purpose}/{utterance.Path}");

    /// <summary>The utterance plus noise of equal length, at an SNR relative to the active speech level.</summary>
    public float[] AddNoise(float[] noise, double snrDb)
    {
        double level = Level.Rms(noise);
        if (level == 0 || double.IsNegativeInfinity(ActiveLevel))
            return samples;
        double gain = Level.FromDb(ActiveLevel - snrDb) / level;
        float[] sum = new float[samples.Length];
        for (int i = 0; i < sum.Length; i++)
            sum[i] = (float)(samples[i] + (gain * noise[i]));
        return sum;
    }
}
