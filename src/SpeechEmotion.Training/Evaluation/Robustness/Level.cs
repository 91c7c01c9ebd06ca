namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>Levels of samples, and gains.</summary>
internal static class Level
{
    /// <summary>The amplitude ratio of a level in dB.</summary>
    public static double FromDb(double db) => Math.Pow(10, db / 20);

    /// <summary>Root mean square; 0 without samples.</summary>
    public static double Rms(ReadOnlySpan<float> samples) => samples.IsEmpty ? 0 : Math.Sqrt(Power(samples) / samples.Length);

    /// <summary>Sum of squares.</summary>
    public static double Power(ReadOnlySpan<float> samples)
    {
        double squares = 0;
        foreach (float sample in samples)
            squares += (double)sample * sample;
        return squares;
    }

    /// <summary>The samples times a factor.</summary>
    public static float[] Scale(float[] samples, double factor) => Array.ConvertAll(samples, sample => (float)(sample * factor));

    /// <summary>The samples with a gain in dB.</summary>
    public static float[] Gain(float[] samples, double db) => Scale(samples, FromDb(db));

    /// <summary>The samples with their peak at a level in dB relative to full scale; silence stays as it is.</summary>
    public static float[] NormalisePeak(float[] samples, double db)
    {
        float peak = 0;
        foreach (float sample in samples)
            peak = Math.Max(peak, Math.Abs(sample));
        return peak == 0 ? samples : Scale(samples, FromDb(db) / peak);
    }
}
