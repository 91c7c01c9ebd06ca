namespace SpeechEmotion.Features;

/// <summary>Slaney's mel scale (Auditory Toolbox): linear below 1 kHz, logarithmic above; librosa's default.</summary>
internal static class MelScale
{
    private const double HertzPerMel = 200.0 / 3;
    private const double LogHertz = 1000;
    private const double LogMel = LogHertz / HertzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    public static double FromHertz(double hertz) =>
        hertz < LogHertz ? hertz / HertzPerMel : LogMel + Math.Log(hertz / LogHertz) / LogStep;

    public static double ToHertz(double mel) =>
        mel < LogMel ? mel * HertzPerMel : LogHertz * Math.Exp(LogStep * (mel - LogMel));

    /// <summary>Frequencies in Hz that divide the range into equal steps of mel, both ends included.</summary>
    public static double[] Frequencies(int count, double low, double high)
    {
        double from = FromHertz(low), to = FromHertz(high);
        double[] frequencies = new double[count];
        for (int i = 0; i < count; i++)
            frequencies[i] = ToHertz(from + (to - from) * i / (count - 1));
        return frequencies;
    }
}
