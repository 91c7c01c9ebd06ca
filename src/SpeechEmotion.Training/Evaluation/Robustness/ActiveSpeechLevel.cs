namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// Active speech level after ITU-T Recommendation P.56 (2011), method B: the level of the speech without its pauses. Speech is active
/// while an envelope exceeds a threshold 15.9 dB below the level that results, with a hangover of 200 ms.
/// </summary>
internal static class ActiveSpeechLevel
{
    private const double EnvelopeSeconds = 0.03, HangoverSeconds = 0.2;
    private const double MarginDb = 15.9;
    private const int Thresholds = 15; // 2⁻¹⁵ to 2⁻¹ of full scale

    /// <summary>The level in dB relative to full scale (the RMS of a square wave from −1 to 1 is 0 dB); −∞ for silence.</summary>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate)
    {
        double power = Level.Power(samples);
        if (!(power > 0))
            return double.NegativeInfinity;
        long[] active = ActiveSamples(samples, sampleRate);
        double above = double.PositiveInfinity, level = 10 * Math.Log10(power / samples.Length);
        for (int j = 0; j < Thresholds && active[j] > 0; j++)
        {
            // The higher the threshold, the fewer samples are active: the level rises and its margin above the threshold falls.
            double next = 10 * Math.Log10(power / active[j]);
            double margin = next - (20 * Math.Log10(Threshold(j)));
            if (margin <= MarginDb)
                return double.IsInfinity(above) ? next : level + ((next - level) * (above - MarginDb) / (above - margin));
            (above, level) = (margin, next);
        }
        return level;
    }

    private static double Threshold(int index) => Math.ScaleB(1, index - Thresholds);

    /// <summary>Number of active samples by threshold.</summary>
    private static long[] ActiveSamples(ReadOnlySpan<float> samples, int sampleRate)
    {
        double decay = Math.Exp(-1 / (EnvelopeSeconds * sampleRate));
        long hangover = (long)Math.Round(HangoverSeconds * sampleRate);
        double[] thresholds = [.. Enumerable.Range(0, Thresholds).Select(Threshold)];
        long[] active = new long[Thresholds], since = new long[Thresholds];
        Array.Fill(since, hangover);
        double smooth = 0, envelope = 0;
        foreach (float sample in samples)
        {
            smooth = (decay * smooth) + ((1 - decay) * Math.Abs(sample));
            envelope = (decay * envelope) + ((1 - decay) * smooth);
            for (int j = 0; j < Thresholds; j++)
            {
                if (envelope >= thresholds[j])
                    since[j] = 0;
                else if (since[j] < hangover)
                    since[j]++;
                else
                    continue;
                active[j]++;
            }
        }
        return active;
    }
}
