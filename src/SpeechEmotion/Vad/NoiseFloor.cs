using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Estimates the noise in each band and bin as the mean of the levels near the lowest level of the last seconds (minimum statistics,
/// Martin 2001, with the recursive averaging of MCRA, Cohen 2003). A sound whose levels are steady for half a second in all bands
/// becomes the noise at once, so that a fan that is switched on is not taken for speech for seconds.
/// </summary>
internal sealed class NoiseFloor
{
    private const int Blocks = 8;      // parts of the memory with a minimum each, so that old minima can be discarded
    private const double Near = 5;     // dB above the lowest level up to which a level is noise
    private const double Bias = 3;     // dB from the lowest level of noise to its mean
    private const double Pace = 0.06;  // weight of a VAD frame in the running mean
    private const double Smoothing = 0.4; // weight of a VAD frame in the smoothed level
    private const int Recent = 16;     // VAD frames: half a second at 32 ms
    private const double SteadyDb = 2.5; // mean standard deviation of band levels: noise has below 2 dB, speech 5 dB and more

    private readonly BandLayout bands;
    private readonly double[][] lowest = new double[Blocks + 1][]; // the last is the current part
    private readonly double[][] recent = new double[Recent][];
    private readonly double[] smooth, noise, floor;
    private readonly float[] bins;
    private readonly int blockLength;
    private long count;

    /// <param name="bands">The frequency bands.</param>
    /// <param name="binCount">Number of bins of the spectrum.</param>
    /// <param name="memoryFrames">Number of VAD frames over which the lowest level is taken.</param>
    public NoiseFloor(BandLayout bands, int binCount, int memoryFrames)
    {
        this.bands = bands;
        for (int i = 0; i <= Blocks; i++)
            Array.Fill(lowest[i] = new double[bands.Count], double.PositiveInfinity);
        for (int i = 0; i < Recent; i++)
            recent[i] = new double[bands.Count];
        (smooth, noise, floor) = (new double[bands.Count], new double[bands.Count], new double[bands.Count]);
        bins = new float[binCount];
        blockLength = Math.Max(1, memoryFrames / Blocks);
    }

    /// <summary>Noise level of each band in dB relative to full scale.</summary>
    public ReadOnlySpan<double> Levels => noise;

    /// <summary>Noise power of each bin.</summary>
    public ReadOnlySpan<float> Bins => bins;

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        count = state.Exchange(count);
        foreach (double[] levels in (double[][])[.. lowest, .. recent, smooth, noise])
            state.Fill(levels);
        state.Fill(bins);
    }

    /// <summary>Adds the spectrum of the next VAD frame.</summary>
    /// <param name="levels">Level of each band in dB relative to full scale.</param>
    /// <param name="power">Power of each bin.</param>
    public void Add(ReadOnlySpan<double> levels, ReadOnlySpan<float> power)
    {
        double pace = Math.Max(Pace, 1.0 / (count + 1));
        levels.CopyTo(recent[count % Recent]);
        if (count >= Recent - 1 && IsSteady())
            Adopt();
        for (int band = 0; band < bands.Count; band++)
        {
            smooth[band] = count == 0 ? levels[band] : smooth[band] + (Smoothing * (levels[band] - smooth[band]));
            lowest[Blocks][band] = Math.Min(lowest[Blocks][band], smooth[band]);
            floor[band] = lowest[0][band];
            for (int i = 1; i <= Blocks; i++)
                floor[band] = Math.Min(floor[band], lowest[i][band]);
            bool isNoise = smooth[band] < floor[band] + Near;
            if (isNoise)
                noise[band] += pace * (levels[band] - noise[band]);
            noise[band] = Math.Clamp(noise[band], floor[band], floor[band] + Near + 1);
            if (isNoise)
                for (int bin = bands.Edge(band); bin < bands.Edge(band + 1); bin++)
                    bins[bin] += (float)pace * (power[bin] - bins[bin]);
        }
        if (smooth[0] < floor[0] + Near)
            for (int bin = 0; bin < bands.Edge(0); bin++) // bins below the lowest band follow that band
                bins[bin] += (float)pace * (power[bin] - bins[bin]);
        count++;
        if (count % blockLength == 0)
        {
            long block = count / blockLength % Blocks;
            lowest[Blocks].CopyTo(lowest[block], 0);
            Array.Fill(lowest[Blocks], double.PositiveInfinity);
        }
    }

    private bool IsSteady()
    {
        double standardDeviations = 0;
        for (int band = 0; band < bands.Count; band++)
        {
            double mean = Mean(band), squares = 0;
            foreach (double[] levels in recent)
                squares += (levels[band] - mean) * (levels[band] - mean);
            standardDeviations += Math.Sqrt(squares / Recent);
        }
        return standardDeviations < SteadyDb * bands.Count;
    }

    private void Adopt()
    {
        for (int band = 0; band < bands.Count; band++)
        {
            double level = Mean(band) - Bias;
            foreach (double[] block in lowest)
                block[band] = level;
        }
    }

    private double Mean(int band)
    {
        double sum = 0;
        foreach (double[] levels in recent)
            sum += levels[band];
        return sum / Recent;
    }
}
