using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Audio;

/// <summary>
/// Low-pass filter between two sample rates, as a table: one row of coefficients for each of several evenly spaced positions of an
/// output sample between two input samples. It is a Kaiser-windowed sinc (J. F. Kaiser, "Nonrecursive digital filter design using
/// the I0-sinh window function", 1974) with a transition band from 0.9 to 1.0 of the lower Nyquist frequency.
/// </summary>
internal sealed class ResamplingFilter
{
    private const double PassEdge = 0.9;      // share of the lower Nyquist frequency; the stop band begins at 1
    private const double Attenuation = 95;    // dB: 90, plus a margin for float arithmetic and the interpolation below
    private const int TapsUnit = 32;          // four vectors of eight

    // Coefficients between two rows are interpolated linearly. The error is at most (π/512)²/8 of a component at the lower Nyquist
    // frequency: −106 dB.
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
        int maxRows = (int)Math.Ceiling(RowsPerPeriod * ratio);
        Exact = up <= maxRows;
        Rows = Exact ? up : maxRows;

        // Rounding the number of taps up allows a higher attenuation.
        double attenuation = 7.95 + 2.285 * transition * (Taps - 1);
        double beta = 0.1102 * (attenuation - 8.7);
        double cutoff = (1 + PassEdge) / 2 * ratio;
        // Rows aligned to a cache line are read a fifth faster; the pinned array keeps them aligned.
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
                table[origin + r * Taps + tap] = (float)(row[tap] / sum); // gain 1 at 0 Hz for every position

            // The filter is symmetric: the mirrored position has the same coefficients in reverse order.
            Span<float> mirror = table.AsSpan(origin + (Rows - r) * Taps, Taps);
            Row(r).CopyTo(mirror);
            if (r < Rows - r)
                mirror.Reverse();
        }
    }

    /// <summary>Number of coefficients per row, a multiple of 32.</summary>
    public int Taps { get; }

    /// <summary>Number of coefficients for input samples before the last one that is not after the output sample.</summary>
    public int Before => Taps / 2 - 1;

    /// <summary>Number of rows per input sample. The table has one more, at its end.</summary>
    public int Rows { get; }

    /// <summary>Whether every output sample is at the position of a row, so that no interpolation is needed.</summary>
    public bool Exact { get; }

    /// <summary>
    /// Coefficients for an output sample at the offset <paramref name="row"/> / <see cref="Rows"/> after an input sample.
    /// </summary>
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // called about 100,000 times soon after program start
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
