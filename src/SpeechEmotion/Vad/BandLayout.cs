namespace SpeechEmotion.Vad;

/// <summary>Bins of a spectrum grouped into 18 bands of equal width in mel, from 120 Hz to at most 7,000 Hz, the range of speech.</summary>
internal sealed class BandLayout
{
    private const int BandCount = 18;
    private const double Low = 120, High = 7000; // Hz; the fundamental of mains hum is below
    private const double HannSpread = 1.5;       // noise bandwidth of a Hann window in bins: neighbouring bins are correlated

    private readonly int[] edges;

    /// <param name="sampleRate">Sample rate in Hz.</param>
    /// <param name="length">Length of the window in samples.</param>
    /// <param name="fftLength">FFT length in samples, at least <paramref name="length"/>.</param>
    public BandLayout(int sampleRate, int length, int fftLength)
    {
        double low = Mel(Low), high = Mel(Math.Min(High, 0.45 * sampleRate));
        edges = new int[BandCount + 1];
        for (int band = 0; band <= BandCount; band++)
        {
            int edge = (int)Math.Round(Hertz(low + ((high - low) * band / BandCount)) * fftLength / sampleRate);
            edges[band] = band == 0 ? edge : Math.Max(edge, edges[band - 1] + 1);
        }
        DegreesOfFreedom = [.. Enumerable.Range(0, BandCount)
            .Select(band => (edges[band + 1] - edges[band]) * (double)length / fftLength / HannSpread)];
    }

    /// <summary>Number of bands.</summary>
    public int Count => edges.Length - 1;

    /// <summary>Degrees of freedom of the power of each band in noise: the number of independent powers of which it is the sum.</summary>
    public IReadOnlyList<double> DegreesOfFreedom { get; }

    /// <summary>First bin of a band. The edge of band <see cref="Count"/> is the bin after the last band.</summary>
    public int Edge(int band) => edges[band];

    // O'Shaughnessy, "Speech Communication: Human and Machine", 1987.
    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
