namespace SpeechEmotion.Features;

/// <summary>Slaney's mel scale (Auditory Toolbox, 1998), the default of librosa: linear below 1 kHz, logarithmic above.</summary>
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

    /// <summary>Frequencies in Hz at equal distances in mel, from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static double[] Frequencies(int count, double low, double high)
    {
        double from = FromHertz(low), to = FromHertz(high);
        double[] frequencies = new double[count];
        for (int i = 0; i < count; i++)
            frequencies[i] = ToHertz(from + (to - from) * i / (count - 1));
        return frequencies;
    }
}
