using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Decides of one short stretch after another whether it may be speech, by logistic regression on <see cref="VadFeatures"/>,
/// with hysteresis, sooner the less the speech stands above the noise. Causal: a decision depends on its own and earlier samples alone.
/// </summary>
internal sealed class SpeechDetector
{
    private readonly LiveSettings settings;
    private readonly LevelMeter meter;
    private readonly VadFeatures features;
    private readonly SnrEstimator snr = new();
    private bool isSpeech;

    public SpeechDetector(LiveSettings settings, int sampleRate)
    {
        this.settings = settings;
        FrameLength = Math.Max(1, (int)Math.Round(settings.VadFrameSeconds * sampleRate));
        meter = new LevelMeter(sampleRate);
        features = new VadFeatures(settings, sampleRate, FrameLength);
    }

    /// <summary>
    /// Weight of each evidence, and last what is added, fitted on synthetic speech in white and pink noise, hum and clicks;
    /// no recording of anybody is in them. The test SpeechDetectorFit finds them again.
    /// </summary>
    public static IReadOnlyList<double> Weights { get; } = [1.64, 1.37, 19.7, -8.89];

    /// <summary>Samples of one decision.</summary>
    public int FrameLength { get; }

    /// <summary>Decides of the next <see cref="FrameLength"/> samples.</summary>
    public VadFrame Next(ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<double> values = features.Next(samples);
        double odds = Weights[^1] + snr.Shift(features.NoisePower);
        for (int i = 0; i < values.Length; i++)
            odds += Weights[i] * values[i];
        double probability = 1 / (1 + Math.Exp(-odds));
        isSpeech = probability >= (isSpeech ? settings.StopProbability : settings.StartProbability);
        snr.Add(isSpeech, features.Power);
        return new VadFrame(isSpeech, meter.Next(samples));
    }
}

/// <summary>What is known of one short stretch of sound.</summary>
/// <param name="IsSpeech">Whether it may be speech.</param>
/// <param name="Level">Its level in decibels of full scale.</param>
internal readonly record struct VadFrame(bool IsSpeech, double Level);
