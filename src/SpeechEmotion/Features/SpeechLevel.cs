using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>
/// The active speech level of a clip: mean power of those frames that are at most <see cref="Margin"/> dB below it, as in ITU-T P.56
/// (method B), with frames in place of its envelope. Pauses and the noise in them do not count.
/// </summary>
internal static class SpeechLevel
{
    /// <summary>Decibels below the active level down to which a frame is active (ITU-T P.56).</summary>
    public const double Margin = 15.9;

    private const int MaxRounds = 20;

    /// <summary>Mean power of the active frames; 0 for a clip without energy.</summary>
    public static double Measure(ReadOnlySpan<float> samples, FeatureSettings settings) =>
        Measure(samples, settings.FrameLength, settings.HopLength);

    /// <summary>The level in dB relative to full scale over frames of 25 ms; −∞ for a clip without energy.</summary>
    public static double MeasureDecibels(ReadOnlySpan<float> samples, int sampleRate) =>
        10 * Math.Log10(Measure(samples, Math.Max(1, sampleRate / 40), Math.Max(1, sampleRate / 100)));

    private static double Measure(ReadOnlySpan<float> samples, int frameLength, int hop)
    {
        int frame = Math.Min(frameLength, samples.Length);
        if (frame == 0)
            return 0;
        int frames = 1 + (samples.Length - frame) / hop;
        double[] powers = new double[frames];
        for (int i = 0; i < frames; i++)
            powers[i] = SpeechBounds.Energy(samples, i * hop, frame) / frame;
        // The level and the set of active frames depend on each other. From the mean of all frames on, the level rises to a fixed point.
        double level = powers.Average(), margin = Math.Pow(10, -Margin / 10);
        for (int round = 0; round < MaxRounds; round++)
        {
            double limit = level * margin, sum = 0;
            int active = 0;
            foreach (double power in powers)
                if (power >= limit)
                    (sum, active) = (sum + power, active + 1);
            double next = active == 0 ? 0 : sum / active;
            if (next == level)
                break;
            level = next;
        }
        return double.IsFinite(level) ? level : 0;
    }
}
