using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Vad;

/// <summary>
/// Share of the power between 90 and 1,600 Hz that is periodic with a fundamental frequency of speech (75 to 400 Hz): the largest
/// value of the autocorrelation, corrected for the window as in Boersma 1993. The noise is subtracted from the spectrum first, so that
/// steady hum has no effect.
/// </summary>
internal sealed class Harmonicity
{
    private const double Low = 90, High = 1600;         // range of the spectrum in Hz
    private const int MinPitch = 75, MaxPitch = 400;     // Hz
    private const double OverSubtraction = 2;           // the power of noise in a bin has a standard deviation as large as its mean
    private const double MinShare = 0.02;               // of the power that remains after subtraction; below it the result is 0

    private readonly int first, lags;
    private readonly Vector4[] cosines; // [lag, bin / 4], divided by the autocorrelation of the window
    private readonly float[] clean;

    /// <param name="sampleRate">Sample rate in Hz.</param>
    /// <param name="window">Window of the spectrum.</param>
    /// <param name="fftLength">FFT length in samples.</param>
    public Harmonicity(int sampleRate, ReadOnlySpan<float> window, int fftLength)
    {
        first = (int)Math.Ceiling(Low * fftLength / sampleRate);
        int bins = (int)Math.Min(High * fftLength / sampleRate, fftLength / 2) - first + 1;
        bins = (bins + 3) / 4 * 4;
        // With lags 1/8000 s apart the phase of the highest component changes by about a fifth of a period.
        int step = Math.Max(1, sampleRate / 8000), shortest = sampleRate / MaxPitch;
        lags = Math.Max(1, ((sampleRate / MinPitch) - shortest) / step);
        clean = new float[bins];
        float[] table = new float[lags * bins];
        double energy = Overlap(window, 0);
        for (int i = 0; i < lags; i++)
        {
            int lag = shortest + (i * step);
            double gain = energy / Overlap(window, lag);
            for (int bin = 0; bin < bins; bin++)
                table[(i * bins) + bin] = (float)(gain * Math.Cos(2 * Math.PI * lag * (first + bin) / fftLength));
        }
        cosines = MemoryMarshal.Cast<float, Vector4>(table).ToArray();
    }

    /// <summary>Computes the share, 0 to 1.</summary>
    /// <param name="power">Power spectrum: [bins].</param>
    /// <param name="noise">Estimated power spectrum of the noise: [bins].</param>
    public double Compute(ReadOnlySpan<float> power, ReadOnlySpan<float> noise)
    {
        double total = 0, left = 0;
        for (int i = 0; i < clean.Length && first + i < power.Length; i++)
        {
            clean[i] = (float)Math.Max(0, power[first + i] - (OverSubtraction * noise[first + i]));
            total += power[first + i];
            left += clean[i];
        }
        if (left <= MinShare * total)
            return 0;
        ReadOnlySpan<Vector4> spectrum = MemoryMarshal.Cast<float, Vector4>(clean);
        float best = 0;
        for (int lag = 0; lag < lags; lag++)
        {
            ReadOnlySpan<Vector4> row = cosines.AsSpan(lag * spectrum.Length, spectrum.Length);
            Vector4 sums = Vector4.Zero; // four sums on every machine, so that all give the same decision
            for (int i = 0; i < spectrum.Length; i++)
                sums += row[i] * spectrum[i];
            best = Math.Max(best, sums.X + sums.Y + sums.Z + sums.W);
        }
        return Math.Min(1, best / total);
    }

    private static double Overlap(ReadOnlySpan<float> window, int lag)
    {
        double sum = 0;
        for (int i = 0; i + lag < window.Length; i++)
            sum += window[i] * window[i + lag];
        return Math.Max(sum, 1e-9);
    }
}
