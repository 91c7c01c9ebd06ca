namespace SpeechEmotion.Vad;

/// <summary>The bins of a spectrum grouped into bands of equal width in mel, where speech is.</summary>
internal sealed class BandLayout
{
    private const int BandCount = 18;
    private const double Low = 120, High = 7000; // Hz; below lies mains hum's ground tone
    private const double HannSpread = 1.5;       // neighbouring bins of a Hann window say so much the same (its noise bandwidth)

    private readonly int[] edges;

    /// <param name="sampleRate">Rate in Hz.</param>
    /// <param name="length">Samples behind the spectrum.</param>
    /// <param name="fftLength">Length of the transform, at least as many.</param>
    public BandLayout(int sampleRate, int length, int fftLength)
    {
        double low = Mel(Low), high = Mel(Math.Min(High, 0.45 * sampleRate));
        edges = new int[BandCount + 1];
        for (int band = 0; band <= BandCount; band++)
        {
            int edge = (int)Math.Round(Hertz(low + ((high - low) * band / BandCount)) * fftLength / sampleRate);
            edges[band] = band == 0 ? edge : Math.Max(edge, edges[band - 1] + 1);
        }
        DegreesOfFreedom = [.. Enumerable.Range(0, BandCount).Select(band => (edges[band + 1] - edges[band]) * (double)length / fftLength / HannSpread)];
    }

    /// <summary>Number of bands.</summary>
    public int Count => edges.Length - 1;

    /// <summary>How many independent powers a band's power is the sum of, in noise.</summary>
    public IReadOnlyList<double> DegreesOfFreedom { get; }

    /// <summary>First bin of a band; of the one behind the last, the bin behind it.</summary>
    public int Edge(int band) => edges[band];

    // O'Shaughnessy, "Speech Communication: Human and Machine", 1987.
    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
