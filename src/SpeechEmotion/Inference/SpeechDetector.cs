using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// Decides of one short stretch after another whether it may be speech, by logistic regression on <see cref="SpeechEvidence"/>,
/// with hysteresis, sooner the less the speech stands above the noise. Causal: a decision depends on its own and earlier samples alone.
/// </summary>
internal sealed class SpeechDetector
{
    private readonly LiveSettings settings;
    private readonly LevelMeter meter;
    private readonly SpeechEvidence evidence;
    private readonly SpeechToNoise toNoise = new();
    private bool isSpeech;

    public SpeechDetector(LiveSettings settings, int sampleRate)
    {
        this.settings = settings;
        DecisionLength = Math.Max(1, (int)Math.Round(settings.DecisionSeconds * sampleRate));
        meter = new LevelMeter(sampleRate);
        evidence = new SpeechEvidence(settings, sampleRate, DecisionLength);
    }

    /// <summary>
    /// Weight of each evidence, and last what is added, fitted on synthetic speech in white and pink noise, hum and clicks;
    /// no recording of anybody is in them. The test SpeechDetectorFit finds them again.
    /// </summary>
    public static IReadOnlyList<double> Weights { get; } = [1.64, 1.37, 19.7, -8.89];

    /// <summary>Samples of one decision.</summary>
    public int DecisionLength { get; }

    /// <summary>Decides of the next <see cref="DecisionLength"/> samples.</summary>
    public Decision Next(ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<double> values = evidence.Next(samples);
        double odds = Weights[^1] + toNoise.Shift(evidence.NoisePower);
        for (int i = 0; i < values.Length; i++)
            odds += Weights[i] * values[i];
        double probability = 1 / (1 + Math.Exp(-odds));
        isSpeech = probability >= (isSpeech ? settings.StopProbability : settings.StartProbability);
        toNoise.Add(isSpeech, evidence.Power);
        return new Decision(isSpeech, meter.Next(samples));
    }
}

/// <summary>What is known of one short stretch of sound.</summary>
/// <param name="IsSpeech">Whether it may be speech.</param>
/// <param name="Level">Its level in decibels of full scale.</param>
internal readonly record struct Decision(bool IsSpeech, double Level);
