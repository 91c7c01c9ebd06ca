namespace SpeechEmotion.Audio;

/// <summary>
/// A second-order recursive filter in double precision, (b0 + b1·z⁻¹ + b2·z⁻²) / (1 + a1·z⁻¹ + a2·z⁻²), and cascades of them.
/// </summary>
internal readonly record struct Biquad(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>
    /// Butterworth low-pass of an even order by the bilinear transform: −3 dB at <paramref name="corner"/> Hz, which is below half the
    /// sample rate.
    /// </summary>
    public static Biquad[] LowPass(int order, double corner, int sampleRate) => Butterworth(order, corner, sampleRate, (k, norm) =>
        (k * k * norm, 2 * k * k * norm));

    /// <summary>Butterworth high-pass of an even order by the bilinear transform: −3 dB at <paramref name="corner"/> Hz.</summary>
    public static Biquad[] HighPass(int order, double corner, int sampleRate) => Butterworth(order, corner, sampleRate, (_, norm) =>
        (norm, -2 * norm));

    /// <summary>Filters samples through a cascade; before the first sample the input is 0.</summary>
    public static float[] Filter(ReadOnlySpan<float> samples, params ReadOnlySpan<Biquad> cascade)
    {
        double[] values = new double[samples.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = samples[i];
        foreach (Biquad section in cascade)
            section.Filter(values);
        return Array.ConvertAll(values, value => (float)value);
    }

    /// <summary>Filters one sample; the state between two is z1 and z2 (transposed direct form II).</summary>
    public double Next(double value, ref double z1, ref double z2)
    {
        double output = (B0 * value) + z1;
        z1 = (B1 * value) - (A1 * output) + z2;
        z2 = (B2 * value) - (A2 * output);
        return output;
    }

    private void Filter(Span<double> values)
    {
        double z1 = 0, z2 = 0;
        foreach (ref double value in values)
            value = Next(value, ref z1, ref z2);
    }

    private static Biquad[] Butterworth(int order, double corner, int sampleRate, Func<double, double, (double B0, double B1)> numerator)
    {
        double k = Math.Tan(Math.PI * corner / sampleRate);
        return [.. Enumerable.Range(0, order / 2).Select(section =>
        {
            double damping = 2 * Math.Sin(Math.PI * ((2 * section) + 1) / (2 * order)); // 1 / Q of the pair of poles
            double norm = 1 / (1 + (damping * k) + (k * k));
            (double b0, double b1) = numerator(k, norm);
            return new Biquad(b0, b1, b0, 2 * ((k * k) - 1) * norm, (1 - (damping * k) + (k * k)) * norm);
        })];
    }
}
