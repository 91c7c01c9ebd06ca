using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>
/// The low-pass filter between two rates, tabulated: rows of coefficients for evenly spaced positions of an output sample
/// between two input samples. A Kaiser-windowed sinc (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh
/// window function", 1974) that falls from 0.9 to 1.0 of the lower Nyquist frequency.
/// </summary>
internal sealed class ResamplingFilter
{
    private const double PassEdge = 0.9;      // of the lower Nyquist frequency; the stop band begins at 1
    private const double Attenuation = 95;    // dB: 90 with room for float arithmetic and the interpolation below
    private const int TapsUnit = 32;          // four vectors of eight

    // A row between two tabulated ones is interpolated linearly. Its error is at most (π/512)²/8 of a component at the lower
    // Nyquist frequency: −106 dB.
    private const int RowsPerPeriod = 512;    // per sample of the lower rate

    private const int CacheLine = 64;         // bytes
    private readonly float[] table;
    private readonly int origin;

    /// <summary>Designs the filter for the ratio <paramref name="up"/> / <paramref name="down"/>, in lowest terms.</summary>
    public ResamplingFilter(int up, int down)
    {
        double ratio = Math.Min(1, (double)up / down); // lower rate / input rate
        double transition = Math.PI * (1 - PassEdge) * ratio; // radians per input sample
        double min = (Attenuation - 7.95) / (2.285 * transition) + 1;
        Taps = ((int)Math.Ceiling(min) + TapsUnit - 1) / TapsUnit * TapsUnit;
        int few = (int)Math.Ceiling(RowsPerPeriod * ratio);
        Exact = up <= few;
        Rows = Exact ? up : few;

        // Rounding the taps up left some attenuation to gain.
        double attenuation = 7.95 + 2.285 * transition * (Taps - 1);
        double beta = 0.1102 * (attenuation - 8.7);
        double cutoff = (1 + PassEdge) / 2 * ratio;
        // Rows that begin on a cache line, and stay there, are a fifth faster to read.
        table = GC.AllocateArray<float>((Rows + 1) * Taps + CacheLine / sizeof(float), pinned: true);
        long misplaced = Marshal.UnsafeAddrOfPinnedArrayElement(table, 0) % CacheLine;
        origin = (int)((CacheLine - misplaced) % CacheLine / sizeof(float));
        double[] row = new double[Taps];
        for (int r = 0; r <= Rows - r; r++)
        {
            double sum = 0;
            for (int tap = 0; tap < Taps; tap++)
                sum += row[tap] = Coefficient((double)r / Rows - (tap - Before), cutoff, Taps / 2, beta);
            for (int tap = 0; tap < Taps; tap++)
                table[origin + r * Taps + tap] = (float)(row[tap] / sum); // a constant stays that constant at every position

            // The filter is symmetric: as far behind the middle, the same coefficients stand in reverse.
            Span<float> mirror = table.AsSpan(origin + (Rows - r) * Taps, Taps);
            Row(r).CopyTo(mirror);
            if (r < Rows - r)
                mirror.Reverse();
        }
    }

    /// <summary>Coefficients of a row.</summary>
    public int Taps { get; }

    /// <summary>Input samples before the one at or just before the output sample that a row begins with.</summary>
    public int Before => Taps / 2 - 1;

    /// <summary>Rows per input sample; one more stands at the end.</summary>
    public int Rows { get; }

    /// <summary>Whether every output sample falls on a row.</summary>
    public bool Exact { get; }

    /// <summary>Coefficients for an output sample <paramref name="row"/> / <see cref="Rows"/> of an input sample after an input sample.</summary>
    public ReadOnlySpan<float> Row(int row) => table.AsSpan(origin + row * Taps, Taps);

    private static double Coefficient(double distance, double cutoff, double reach, double beta)
    {
        double edge = distance / reach;
        if (Math.Abs(edge) >= 1)
            return 0;
        double angle = Math.PI * cutoff * distance;
        double sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
        return sinc * BesselI0(beta * Math.Sqrt(1 - edge * edge));
    }

    /// <summary>Modified Bessel function of the first kind, order 0, by its power series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // runs a hundred thousand times at once, soon after the start
    private static double BesselI0(double x)
    {
        double quarter = x * x / 4, term = 1, sum = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }
        return sum;
    }
}
