namespace SpeechEmotion.Vad;

/// <summary>
/// Takes clicks out of a short stretch of sound: of its sixteen parts, those far louder than the median one are brought down to
/// it. A voice's pulses come every few milliseconds and lift the median with them; a click stands alone.
/// </summary>
internal static class ClickLimiter
{
    private const int Parts = 16;
    private const double MaxRatio = 10;       // times the median's power
    private const double Silence = 1e-10; // mean square of −100 dB: what is quieter is let be

    /// <summary>Writes the samples with their clicks brought down.</summary>
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
