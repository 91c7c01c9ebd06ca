namespace SpeechEmotion.Vad;

/// <summary>
/// Attenuates clicks in a short section of audio. Of sixteen parts, those whose power exceeds ten times the median power are
/// attenuated to that limit. The glottal pulses of speech recur every few milliseconds and raise the median; a click is isolated.
/// </summary>
internal static class ClickLimiter
{
    private const int Parts = 16;
    private const double MaxRatio = 10;       // to the median power
    private const double Silence = 1e-10; // mean square at −100 dB; below it nothing is attenuated

    /// <summary>Writes the samples with clicks attenuated to <paramref name="limited"/>.</summary>
    public static void Limit(ReadOnlySpan<float> samples, Span<float> limited)
    {
        Span<double> powers = stackalloc double[Parts], sorted = stackalloc double[Parts];
        for (int part = 0; part < Parts; part++)
        {
            (int from, int to) = Bounds(part, samples.Length);
            double sum = 0;
            for (int i = from; i < to; i++)
                sum += samples[i] * samples[i];
            powers[part] = sum / Math.Max(1, to - from);
        }
        powers.CopyTo(sorted);
        sorted.Sort();
        double limit = (MaxRatio * sorted[Parts / 2]) + Silence;
        for (int part = 0; part < Parts; part++)
        {
            (int from, int to) = Bounds(part, samples.Length);
            float gain = powers[part] > limit ? (float)Math.Sqrt(limit / powers[part]) : 1;
            for (int i = from; i < to; i++)
                limited[i] = gain * samples[i];
        }
    }

    private static (int From, int To) Bounds(int part, int length) => (part * length / Parts, (part + 1) * length / Parts);
}
