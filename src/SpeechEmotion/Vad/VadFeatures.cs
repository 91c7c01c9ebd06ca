using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// What speaks for speech in a stream, measured for one decision after another from it and the one before: how far the bands
/// stand out of their noise over the last 0.1 and 0.2 s, and how much of the sound has a voice's period. Causal.
/// </summary>
/// <remarks>
/// Standing out is the logarithm of the generalised likelihood ratio of "speech and noise" against "noise" for powers of known
/// freedom ν and ratio γ to the noise, ν·(γ − 1 − ln γ), added up over the bands (after J. Sohn and others, "A statistical
/// model-based voice activity detection", 1999, the speech's power being that which fits best).
/// </remarks>
internal sealed class VadFeatures
{
    /// <summary>Values for each decision.</summary>
    public const int Count = 3;

    private const int Short = 3, Long = 6; // decisions; with the window of two the short one looks back 0.13 s
    private const double MaxShort = 30, MaxLong = 10; // no band alone can decide
    private const double Margin = 1.1;                  // the noise is known to half a decibel

    private readonly int decision;
    private readonly double floorDb, scale;
    private readonly float[] heard, window, frame, power;
    private readonly RealSpectrum spectrum;
    private readonly BandLayout bands;
    private readonly NoiseFloor noise;
    private readonly Harmonicity harmonicity;
    private readonly double[] levels;
    private readonly double[][] powers = new double[Long][];
    private readonly double[] harmonic = new double[Short];
    private readonly double[] values = new double[Count];
    private long decisions;

    /// <param name="settings">Noise floor.</param>
    /// <param name="sampleRate">Rate in Hz.</param>
    /// <param name="decision">Samples of a decision.</param>
    public VadFeatures(LiveSettings settings, int sampleRate, int decision)
    {
        this.decision = decision;
        floorDb = settings.FloorDb;
        int length = 2 * decision, fftLength = 1 << (int)Math.Ceiling(Math.Log2(Math.Max(32, length)));
        spectrum = new RealSpectrum(fftLength);
        (heard, window, frame, power) = (new float[length], new float[length], new float[fftLength], new float[spectrum.Bins]);
        double energy = 0;
        for (int i = 0; i < length; i++)
        {
            window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / length)));
            energy += window[i] * window[i];
        }
        scale = 2 / (energy * fftLength); // bins of full-scale noise add up to 1
        bands = new BandLayout(sampleRate, length, fftLength);
        noise = new NoiseFloor(bands, spectrum.Bins, (int)Math.Round(settings.FloorSeconds / settings.VadFrameSeconds));
        harmonicity = new Harmonicity(sampleRate, window, fftLength);
        levels = new double[bands.Count];
        for (int i = 0; i < Long; i++)
            powers[i] = new double[bands.Count];
    }

    /// <summary>Power that was last heard, over all bands; full scale is 1.</summary>
    public double Power { get; private set; }

    /// <summary>Power of the noise, likewise.</summary>
    public double NoisePower { get; private set; }

    /// <summary>The values for the next samples: short ratio, long ratio, harmonicity; valid until the next call.</summary>
    public ReadOnlySpan<double> Next(ReadOnlySpan<float> samples)
    {
        heard.AsSpan(decision).CopyTo(heard);
        samples.CopyTo(heard.AsSpan(decision));
        if (decisions++ == 0)
            return values; // half of the window is still empty, and would pass for a very low noise
        ClickLimiter.Limit(heard, frame);
        for (int i = 0; i < window.Length; i++)
            frame[i] *= window[i];
        spectrum.Power(frame, power);
        double[] now = powers[decisions % Long];
        for (int band = 0; band < bands.Count; band++)
        {
            double sum = 0;
            for (int bin = bands.Edge(band); bin < bands.Edge(band + 1); bin++)
                sum += power[bin];
            levels[band] = Math.Max(floorDb, 10 * Math.Log10((sum * scale) + 1e-12));
            now[band] = Math.Pow(10, levels[band] / 10);
        }
        noise.Add(levels, power);
        (Power, NoisePower) = (now.Sum(), 0);
        foreach (double level in noise.Levels)
            NoisePower += Math.Pow(10, level / 10);
        harmonic[decisions % Short] = harmonicity.Compute(power, noise.Bins);
        values[0] = Ratio(Short, 2, MaxShort);
        values[1] = Ratio(Long, 3, MaxLong);
        values[2] = harmonic.Sum() / Short;
        return values;
    }

    /// <summary>ln(1 + the bands' ratios) for the mean of the last powers.</summary>
    /// <param name="count">How many powers.</param>
    /// <param name="degreesOfFreedom">As how many independent ones they count: windows overlap by half.</param>
    /// <param name="max">Most that a band can say.</param>
    private double Ratio(int count, double degreesOfFreedom, double max)
    {
        double sum = 0;
        for (int band = 0; band < bands.Count; band++)
        {
            double mean = 0;
            for (int i = 0; i < count; i++)
                mean += powers[(decisions - i + Long) % Long][band] / count;
            double over = mean / (Margin * Math.Pow(10, noise.Levels[band] / 10));
            if (over > 1)
                sum += Math.Min(max, degreesOfFreedom * bands.DegreesOfFreedom[band] * (over - 1 - Math.Log(over)));
        }
        return Math.Log(1 + sum);
    }
}
