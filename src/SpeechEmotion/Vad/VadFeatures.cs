using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Features of voice activity detection, from each VAD frame and the one before: the log-likelihood ratios of speech over the last 0.1
/// and 0.2 s, and the harmonicity. Causal.
/// </summary>
/// <remarks>
/// The log-likelihood ratio of "speech and noise" against "noise" is the sum over the bands of ν·(γ − 1 − ln γ), where ν is the
/// degrees of freedom of the power and γ its ratio to the noise. It is a generalised ratio: the power of the speech is its
/// maximum-likelihood estimate (after Sohn, Kim and Sung, "A statistical model-based voice activity detection", 1999).
/// The feature is ln(1 + ratio).
/// </remarks>
internal sealed class VadFeatures
{
    /// <summary>Number of features per VAD frame.</summary>
    public const int Count = 3;

    private const int Short = 3, Long = 6; // VAD frames; with the window of two frames, the short ratio covers 0.13 s
    private const double MaxShort = 30, MaxLong = 10; // limits per band, so that no band decides alone
    private const double Margin = 1.1;                // uncertainty of the noise: half a decibel

    private readonly int frameLength;
    private readonly double floorDb, scale;
    private readonly float[] recent, window, frame, power;
    private readonly RealSpectrum spectrum;
    private readonly BandLayout bands;
    private readonly NoiseFloor noise;
    private readonly Harmonicity harmonicity;
    private readonly double[] levels;
    private readonly double[][] powers = new double[Long][];
    private readonly double[] harmonic = new double[Short];
    private readonly double[] values = new double[Count];
    private long frames;

    /// <param name="settings">Settings of the noise floor.</param>
    /// <param name="sampleRate">Sample rate in Hz.</param>
    /// <param name="frameLength">Length of a VAD frame in samples.</param>
    public VadFeatures(LiveSettings settings, int sampleRate, int frameLength)
    {
        this.frameLength = frameLength;
        floorDb = settings.FloorDb;
        int length = 2 * frameLength, fftLength = 1 << (int)Math.Ceiling(Math.Log2(Math.Max(32, length)));
        spectrum = new RealSpectrum(fftLength);
        (recent, window, frame, power) = (new float[length], new float[length], new float[fftLength], new float[spectrum.Bins]);
        double energy = 0;
        for (int i = 0; i < length; i++)
        {
            window[i] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / length)));
            energy += window[i] * window[i];
        }
        scale = 2 / (energy * fftLength); // the bins of full-scale noise sum to 1
        bands = new BandLayout(sampleRate, length, fftLength);
        noise = new NoiseFloor(bands, spectrum.Bins, (int)Math.Round(settings.FloorSeconds / settings.VadFrameSeconds));
        harmonicity = new Harmonicity(sampleRate, window, fftLength);
        levels = new double[bands.Count];
        for (int i = 0; i < Long; i++)
            powers[i] = new double[bands.Count];
    }

    /// <summary>Power of the last VAD frame, summed over the bands; full scale is 1.</summary>
    public double Power { get; private set; }

    /// <summary>Estimated power of the noise, summed over the bands; full scale is 1.</summary>
    public double NoisePower { get; private set; }

    /// <summary>
    /// Writes or reads the state without samples. After reading, <see cref="Refill"/> gives the samples of the last VAD frame.
    /// </summary>
    public void Exchange(StateArchive state)
    {
        frames = state.Exchange(frames);
        foreach (double[] each in (double[][])[.. powers, harmonic])
            state.Fill(each);
        noise.Exchange(state);
    }

    /// <summary>Restores the samples of the last VAD frame: half of the next window.</summary>
    public void Refill(ReadOnlySpan<float> samples) => samples.CopyTo(recent.AsSpan(frameLength));

    /// <summary>Features of the next VAD frame: short ratio, long ratio, harmonicity. The span is valid until the next call.</summary>
    public ReadOnlySpan<double> Next(ReadOnlySpan<float> samples)
    {
        recent.AsSpan(frameLength).CopyTo(recent);
        samples.CopyTo(recent.AsSpan(frameLength));
        if (frames++ == 0)
            return values; // half of the window is still empty and would give too low a noise floor
        ClickLimiter.Limit(recent, frame);
        for (int i = 0; i < window.Length; i++)
            frame[i] *= window[i];
        spectrum.Power(frame, power);
        double[] now = powers[frames % Long];
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
        harmonic[frames % Short] = harmonicity.Compute(power, noise.Bins);
        values[0] = Ratio(Short, 2, MaxShort);
        values[1] = Ratio(Long, 3, MaxLong);
        values[2] = harmonic.Sum() / Short;
        return values;
    }

    /// <summary>ln(1 + log-likelihood ratio) for the mean power of the last VAD frames.</summary>
    /// <param name="count">Number of VAD frames.</param>
    /// <param name="degreesOfFreedom">Number of independent ones among them, as their windows overlap by half.</param>
    /// <param name="max">Limit of the ratio of one band.</param>
    private double Ratio(int count, double degreesOfFreedom, double max)
    {
        double sum = 0;
        for (int band = 0; band < bands.Count; band++)
        {
            double mean = 0;
            for (int i = 0; i < count; i++)
                mean += powers[(frames - i + Long) % Long][band] / count;
            double ratio = mean / (Margin * Math.Pow(10, noise.Levels[band] / 10));
            if (ratio > 1)
                sum += Math.Min(max, degreesOfFreedom * bands.DegreesOfFreedom[band] * (ratio - 1 - Math.Log(ratio)));
        }
        return Math.Log(1 + sum);
    }
}
