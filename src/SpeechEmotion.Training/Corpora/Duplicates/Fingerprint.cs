using System.Buffers;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// A few numbers about a recording that stay nearly the same when its level, its offset, the silence around it or a little
/// noise changes: where its energy lies in time, and its autocorrelation at short lags.
/// </summary>
internal sealed record Fingerprint
{
    private const double BlockSeconds = 0.005;

    // Blocks are summed in fours, so that a shift by part of a block matters little.
    private const int Smoothing = 4;

    // Half a step of 16-bit sound: below it there is nothing but rounding.
    private const double SilentLevel = 1.0 / 65536;

    private static readonly int[] Lags = [1, 2, 4, 8];

    /// <summary>Centre of the energy, seconds from the start.</summary>
    public double Centre { get; init; }

    /// <summary>Deviation of the energy in time, seconds.</summary>
    public double Spread { get; init; }

    /// <summary>Skewness of the energy in time.</summary>
    public double Skewness { get; init; }

    /// <summary>Kurtosis of the energy in time.</summary>
    public double Kurtosis { get; init; }

    /// <summary>Normalised autocorrelation at 1, 2, 4 and 8 samples.</summary>
    public IReadOnlyList<double> Autocorrelation { get; init; } = [];

    /// <summary>The fingerprint, or null for silence.</summary>
    public static Fingerprint? Compute(Waveform sound)
    {
        ReadOnlySpan<float> samples = sound.Samples;
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
            return InTime(centred, sound.SampleRate) with { Autocorrelation = autocorrelation };
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    /// <summary>Whether two recordings may be correlated above <see cref="NearDuplicates.Threshold"/>; rarely true of others.</summary>
    public bool IsNear(Fingerprint other)
    {
        // Noise that costs a correlation of 0.001 has 0.002 of the energy and changes these values by less than half as much; the
        // rest is room for other codecs and filters. A filter that changes much of the treble may still slip through.
        if (Math.Abs(Spread - other.Spread) > SpreadTolerance * Math.Max(Spread, other.Spread)
            || Math.Abs(Skewness - other.Skewness) > SkewnessTolerance
            || Math.Abs(Kurtosis - other.Kurtosis) > KurtosisTolerance * Math.Max(Kurtosis, other.Kurtosis))
            return false;
        for (int i = 0; i < Lags.Length; i++)
            if (Math.Abs(Autocorrelation[i] - other.Autocorrelation[i]) > AutocorrelationTolerance)
                return false;
        return true;
    }

    /// <summary>How far two recordings lie apart, in shares of what <see cref="IsNear"/> allows, squared and summed.</summary>
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

    /// <summary>Moments in time of the squared energies: squared, so that noise between words weighs nothing.</summary>
    private static Fingerprint InTime(ReadOnlySpan<float> centred, int sampleRate)
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
