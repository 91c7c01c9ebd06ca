using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Voice activity detection: decides for each VAD frame whether it is speech, by logistic regression on <see cref="VadFeatures"/> with
/// hysteresis and thresholds that fall with the SNR. Causal: a decision depends on the samples of its own and earlier frames only.
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
    /// Weights of the features, then the bias, fitted on synthetic speech in white and pink noise, hum and clicks, without recordings of
    /// real speakers. The test SpeechDetectorFit repeats the fit.
    /// </summary>
    public static IReadOnlyList<double> Weights { get; } = [1.64, 1.37, 19.7, -8.89];

    /// <summary>Length of a VAD frame in samples.</summary>
    public int FrameLength { get; }

    /// <summary>Writes or reads the state without samples; see <see cref="Refill"/>.</summary>
    public void Exchange(StateArchive state)
    {
        isSpeech = state.Exchange(isSpeech);
        meter.Exchange(state);
        snr.Exchange(state);
        features.Exchange(state);
    }

    /// <summary>Restores the samples of the last VAD frame after the state was read.</summary>
    public void Refill(ReadOnlySpan<float> samples) => features.Refill(samples);

    /// <summary>Decides for the next <see cref="FrameLength"/> samples.</summary>
    public VadFrame Next(ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<double> values = features.Next(samples);
        double logOdds = Weights[^1] + snr.Shift(features.NoisePower);
        for (int i = 0; i < values.Length; i++)
            logOdds += Weights[i] * values[i];
        double probability = 1 / (1 + Math.Exp(-logOdds));
        isSpeech = probability >= (isSpeech ? settings.StopProbability : settings.StartProbability);
        snr.Add(isSpeech, features.Power);
        return new VadFrame(isSpeech, meter.Next(samples), probability);
    }
}

/// <summary>Decision and level of one VAD frame.</summary>
/// <param name="IsSpeech">Whether it is speech.</param>
/// <param name="Level">Level after a high-pass filter, in dB relative to full scale.</param>
/// <param name="Probability">Probability of speech, 0 to 1.</param>
internal readonly record struct VadFrame(bool IsSpeech, double Level, double Probability);
