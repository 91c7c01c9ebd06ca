using SpeechEmotion.Audio;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// Integrated loudness of one channel after ITU-R Recommendation BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, an absolute gate
/// at −70 LUFS and a relative gate of −10 LU.
/// </summary>
internal static class Loudness
{
    private const double BlockSeconds = 0.4;
    private const int BlocksPerOverlap = 4; // an overlap of 75 %
    private const double Offset = -0.691, AbsoluteGate = -70, RelativeGate = -10;

    /// <summary>
    /// The loudness in LUFS; −∞ if no block passes the gates. Audio shorter than a block counts as one block.
    /// </summary>
    public static double Measure(ReadOnlySpan<float> samples, int sampleRate)
    {
        float[] weighted = Biquad.Filter(samples, KWeighting(sampleRate));
        int hop = Math.Max(1, (int)Math.Round(BlockSeconds * sampleRate / BlocksPerOverlap)), block = hop * BlocksPerOverlap;
        List<double> powers = [];
        if (samples.Length < block)
            powers.Add(MeanSquare(weighted));
        for (int start = 0; start + block <= samples.Length; start += hop)
            powers.Add(MeanSquare(weighted.AsSpan(start, block)));
        powers.RemoveAll(power => !(InLufs(power) > AbsoluteGate));
        if (powers.Count == 0)
            return double.NegativeInfinity;
        double gate = InLufs(powers.Average()) + RelativeGate;
        return InLufs(powers.Where(power => InLufs(power) > gate).Average());
    }

    /// <summary>The samples at a loudness in LUFS; what has none, such as silence, stays as it is.</summary>
    public static float[] Normalise(float[] samples, int sampleRate, double lufs)
    {
        double loudness = Measure(samples, sampleRate);
        return double.IsInfinity(loudness) ? samples : Level.Gain(samples, lufs - loudness);
    }

    /// <summary>
    /// The two filters of the recommendation for any sample rate: the analogue prototypes behind its coefficients at 48 kHz, transformed
    /// to the rate (De Man 2014, "Evaluation of implementations of the EBU R128 loudness measurement"; libebur128 does the same).
    /// </summary>
    internal static Biquad[] KWeighting(int sampleRate)
    {
        double k = Math.Tan(Math.PI * 1681.974450955533 / sampleRate), q = 0.7071752369554196;
        double high = Math.Pow(10, 3.999843853973347 / 20), band = Math.Pow(high, 0.4996667741545416);
        double norm = 1 / (1 + (k / q) + (k * k));
        Biquad shelf = new(
            (high + (band * k / q) + (k * k)) * norm, 2 * ((k * k) - high) * norm, (high - (band * k / q) + (k * k)) * norm,
            2 * ((k * k) - 1) * norm, (1 - (k / q) + (k * k)) * norm);
        (k, q) = (Math.Tan(Math.PI * 38.13547087602444 / sampleRate), 0.5003270373238773);
        norm = 1 / (1 + (k / q) + (k * k));
        return [shelf, new Biquad(1, -2, 1, 2 * ((k * k) - 1) * norm, (1 - (k / q) + (k * k)) * norm)];
    }

    private static double InLufs(double meanSquare) => Offset + (10 * Math.Log10(meanSquare));

    private static double MeanSquare(ReadOnlySpan<float> samples) => Level.Power(samples) / samples.Length;
}
