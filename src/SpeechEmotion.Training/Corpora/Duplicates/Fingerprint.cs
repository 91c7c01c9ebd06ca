using System.Buffers;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// A few numbers that characterise a recording and hardly change with its level, its DC offset, the silence around it or weak noise: the
/// distribution of its energy over time, and its autocorrelation at short lags.
/// </summary>
internal sealed record Fingerprint
{
    private const double BlockSeconds = 0.005;

    // Energies are summed over four blocks, so that a shift by a fraction of a block has little effect.
    private const int Smoothing = 4;

    // RMS of half a quantisation step of 16-bit audio, below which there is only rounding noise.
    private const double SilentLevel = 1.0 / 65536;

    private static readonly int[] Lags = [1, 2, 4, 8];

    /// <summary>Mean of the distribution of the energy over time, in seconds from the start.</summary>
    public double Centre { get; init; }

    /// <summary>Standard deviation of the distribution of the energy over time, in seconds.</summary>
    public double Spread { get; init; }

    /// <summary>Skewness of the distribution of the energy over time.</summary>
    public double Skewness { get; init; }

    /// <summary>Kurtosis of the distribution of the energy over time.</summary>
    public double Kurtosis { get; init; }

    /// <summary>Normalised autocorrelation at 1, 2, 4 and 8 samples.</summary>
    public IReadOnlyList<double> Autocorrelation { get; init; } = [];

    /// <summary>The fingerprint of a recording; null for silence.</summary>
    public static Fingerprint? Compute(Waveform recording)
    {
        ReadOnlySpan<float> samples = recording.Samples;
        float[] rented = ArrayPool<float>.Shared.Rent(samples.Length);
        try
        {
            Span<float> centred = rented.AsSpan(0, samples.Length);
            SampleCorrelation.Centre(samples, centred);
            double energy = SampleCorrelation.Dot(centred, centred);
            if (energy < SilentLevel * SilentLevel * samples.Length)
                return null;
            double[] autocorrelation = new double[Lags.Length];
            for (int i = 0; i < Lags.Length; i++)
                if (Lags[i] < centred.Length)
                    autocorrelation[i] = SampleCorrelation.Dot(centred[Lags[i]..], centred[..^Lags[i]]) / energy;
            return EnergyMoments(centred, recording.SampleRate) with { Autocorrelation = autocorrelation };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Whether the correlation of two recordings may exceed <see cref="NearDuplicates.Threshold"/>; rarely true for others.
    /// </summary>
    public bool IsNear(Fingerprint other)
    {
        // Noise that lowers the correlation to 0.999 has 0.002 of the energy and changes these values by less than half of the tolerances;
        // the rest allows for codecs and filters. A copy through a filter that strongly changes high frequencies may be missed.
        if (Math.Abs(Spread - other.Spread) > SpreadTolerance * Math.Max(Spread, other.Spread)
            || Math.Abs(Skewness - other.Skewness) > SkewnessTolerance
            || Math.Abs(Kurtosis - other.Kurtosis) > KurtosisTolerance * Math.Max(Kurtosis, other.Kurtosis))
            return false;
        for (int i = 0; i < Lags.Length; i++)
            if (Math.Abs(Autocorrelation[i] - other.Autocorrelation[i]) > AutocorrelationTolerance)
                return false;
        return true;
    }

    /// <summary>The squared distance of two fingerprints, each value in units of its tolerance in <see cref="IsNear"/>.</summary>
    public double Distance(Fingerprint other)
    {
        double distance = Square((Spread - other.Spread) / (SpreadTolerance * Math.Max(Spread, other.Spread)))
            + Square((Skewness - other.Skewness) / SkewnessTolerance)
            + Square((Kurtosis - other.Kurtosis) / (KurtosisTolerance * Math.Max(Kurtosis, other.Kurtosis)));
        for (int i = 0; i < Lags.Length; i++)
            distance += Square((Autocorrelation[i] - other.Autocorrelation[i]) / AutocorrelationTolerance);
        return distance;
    }

    /// <summary>Largest relative difference of <see cref="Spread"/> between near duplicates.</summary>
    public const double SpreadTolerance = 0.015;

    private const double SkewnessTolerance = 0.04;

    private const double KurtosisTolerance = 0.04;

    private const double AutocorrelationTolerance = 0.02;

    private static double Square(double value) => value * value;

    /// <summary>Moments over time of the squared block energies; squaring makes noise between words negligible.</summary>
    private static Fingerprint EnergyMoments(ReadOnlySpan<float> centred, int sampleRate)
    {
        int block = Math.Max(1, (int)(BlockSeconds * sampleRate));
        int blocks = (centred.Length + block - 1) / block;
        double[] energies = new double[blocks + Smoothing - 1];
        for (int b = 0; b < blocks; b++)
        {
            ReadOnlySpan<float> part = centred[(b * block)..Math.Min(centred.Length, (b + 1) * block)];
            double energy = SampleCorrelation.Dot(part, part);
            for (int k = 0; k < Smoothing; k++)
                energies[b + k] += energy;
        }

        double weight = 0, first = 0;
        for (int b = 0; b < energies.Length; b++)
        {
            energies[b] *= energies[b];
            weight += energies[b];
            first += energies[b] * b;
        }
        double centre = first / weight, second = 0, third = 0, fourth = 0;
        for (int b = 0; b < energies.Length; b++)
        {
            double distance = b - centre, square = distance * distance;
            second += energies[b] * square;
            third += energies[b] * square * distance;
            fourth += energies[b] * square * square;
        }
        double variance = second / weight, seconds = (double)block / sampleRate;
        return new Fingerprint
        {
            Centre = (centre - (Smoothing - 1) / 2.0 + 0.5) * seconds,
            Spread = Math.Sqrt(variance) * seconds,
            Skewness = third / weight / Math.Pow(variance, 1.5),
            Kurtosis = fourth / weight / (variance * variance),
        };
    }
}
