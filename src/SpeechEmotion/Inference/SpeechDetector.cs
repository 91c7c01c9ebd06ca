using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>
/// Decides of one short stretch after another whether it may be speech, by its level above the noise floor, with hysteresis.
/// Causal: a decision depends on its own and earlier samples alone.
/// </summary>
internal sealed class SpeechDetector
{
    private readonly LiveSettings settings;
    private readonly LevelMeter meter;
    private readonly NoiseFloor floor;
    private bool isSpeech;

    public SpeechDetector(LiveSettings settings, int sampleRate)
    {
        this.settings = settings;
        DecisionLength = Math.Max(1, (int)Math.Round(settings.DecisionSeconds * sampleRate));
        meter = new LevelMeter(sampleRate);
        floor = new NoiseFloor((int)Math.Round(settings.FloorSeconds / settings.DecisionSeconds), settings.FloorDb);
    }

    /// <summary>Samples of one decision.</summary>
    public int DecisionLength { get; }

    /// <summary>Decides of the next <see cref="DecisionLength"/> samples.</summary>
    public Decision Next(ReadOnlySpan<float> samples)
    {
        double level = meter.Next(samples);
        floor.Add(level);
        isSpeech = level >= floor.Level + (isSpeech ? settings.StopDb : settings.StartDb);
        return new Decision(isSpeech, level);
    }
}

/// <summary>What is known of one short stretch of sound.</summary>
/// <param name="IsSpeech">Whether it may be speech.</param>
/// <param name="Level">Its level in decibels of full scale.</param>
internal readonly record struct Decision(bool IsSpeech, double Level);
