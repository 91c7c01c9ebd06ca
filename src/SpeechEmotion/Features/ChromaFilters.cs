using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Filters that fold a power spectrum into pitch classes from C upwards (<c>librosa.filters.chroma</c>, after Ellis 2007: Gaussian
/// bumps with unit L2 norm per bin, weighted by a Gaussian over octaves with centre 5 and width 2).
/// </summary>
internal sealed unsafe class ChromaFilters
{
    private const double CentreOctave = 5;
    private const double OctaveWidth = 2;
    private const float Tiny = 1.17549435e-38f; // smallest normal float; librosa does not scale a frame whose maximum is below it

    /// <summary>Rows computed together.</summary>
    private const int Group = 6;

    private readonly int bins;
    private readonly AlignedFloats weights;

    /// <param name="sampleRate">Sample rate in Hz.</param>
    /// <param name="fftLength">FFT length in samples.</param>
    /// <param name="classes">Number of pitch classes per octave.</param>
    /// <param name="tuning">Tuning: deviation from A = 440 Hz, in pitch classes.</param>
    public ChromaFilters(int sampleRate, int fftLength, int classes, double tuning)
    {
        Classes = classes;
        bins = fftLength / 2 + 1;
        PaddedClasses = (classes + Group - 1) / Group * Group;
        weights = new AlignedFloats(PaddedClasses * bins); // [group, bin, row in the group]

        double lowestA = 440 * Math.Pow(2, tuning / classes) / 16;
        double[] pitches = new double[bins + 1];
        for (int bin = 1; bin <= bins; bin++)
            pitches[bin] = classes * Math.Log2((double)bin * sampleRate / fftLength / lowestA);
        // 0 Hz has no pitch; librosa takes it as an octave and a half below the first bin.
        pitches[0] = pitches[1] - 1.5 * classes;

        double half = Math.Round(classes / 2.0, MidpointRounding.ToEven);
        int rotation = 3 * (classes / 12); // from A to C
        double[] bumps = new double[classes];
        for (int bin = 0; bin < bins; bin++)
        {
            double width = Math.Max(pitches[bin + 1] - pitches[bin], 1);
            double norm = 0;
            for (int row = 0; row < classes; row++)
            {
                double distance = Remainder(pitches[bin] - row + half + 10 * classes, classes) - half;
                bumps[row] = Math.Exp(-0.5 * Square(2 * distance / width));
                norm += Square(bumps[row]);
            }
            double octaveWeight = Math.Exp(-0.5 * Square((pitches[bin] / classes - CentreOctave) / OctaveWidth));
            double scale = octaveWeight / Math.Sqrt(norm);
            for (int row = 0; row < classes; row++)
            {
                int target = (row - rotation + classes) % classes;
                weights.Span[(target / Group * bins + bin) * Group + target % Group] = (float)(bumps[row] * scale);
            }
        }
    }

    /// <summary>Number of pitch classes.</summary>
    public int Classes { get; }

    /// <summary>Number of rows written; rows from <see cref="Classes"/> on are 0.</summary>
    public int PaddedClasses { get; }

    /// <summary>
    /// Power [bins, lanes] → chroma [<see cref="PaddedClasses"/>, lanes], scaled so that the largest class of each frame is 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<T>(float* power, float* chroma) where T : unmanaged, ILanes<T>
    {
        float* weight = weights.Pointer;
        T largest = T.All(0);
        for (int row = 0; row < PaddedClasses; row += Group)
        {
            T a = T.All(0), b = a, c = a, d = a, e = a, f = a;
            float* bin = power;
            for (int i = 0; i < bins; i++, weight += Group, bin += T.Count)
            {
                T value = T.Load(bin);
                a = T.MultiplyAdd(value, T.All(weight[0]), a);
                b = T.MultiplyAdd(value, T.All(weight[1]), b);
                c = T.MultiplyAdd(value, T.All(weight[2]), c);
                d = T.MultiplyAdd(value, T.All(weight[3]), d);
                e = T.MultiplyAdd(value, T.All(weight[4]), e);
                f = T.MultiplyAdd(value, T.All(weight[5]), f);
            }
            float* target = chroma + row * T.Count;
            a.Store(target);
            b.Store(target + T.Count);
            c.Store(target + 2 * T.Count);
            d.Store(target + 3 * T.Count);
            e.Store(target + 4 * T.Count);
            f.Store(target + 5 * T.Count);
            largest = T.Max(largest, T.Max(T.Max(T.Max(a, b), T.Max(c, d)), T.Max(e, f)));
        }
        T length = T.OneBelow(largest, T.All(Tiny));
        for (int row = 0; row < PaddedClasses; row++)
            (T.Load(chroma + row * T.Count) / length).Store(chroma + row * T.Count);
    }

    private static double Square(double value) => value * value;

    // Python's remainder: never negative for a positive divisor.
    private static double Remainder(double value, double divisor) => value - Math.Floor(value / divisor) * divisor;
}
