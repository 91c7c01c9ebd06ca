namespace SpeechEmotion.Vad;

/// <summary>
/// The noise in each band and bin, as it stands now: the mean of what lies near the lowest level of the last seconds (minimum
/// statistics, R. Martin 2001, with the averaging of I. Cohen's MCRA, 2003). A sound that has not moved for half a second in any
/// band is noise whatever its level, so that a fan that is switched on is not speech until the seconds are over.
/// </summary>
internal sealed class NoiseFloor
{
    private const int Blocks = 8;      // the lowest level is kept for parts of the memory, so that old ones can be given up
    private const double Near = 5;     // dB above the lowest level: still noise
    private const double Bias = 3;     // dB by which noise's lowest level lies below its mean
    private const double Pace = 0.06;  // of a decision in the mean
    private const double Smoothing = 0.4;
    private const int Recent = 16;     // decisions: half a second
    private const double SteadyDb = 2.5; // mean deviation of noise's band levels is below 2 dB, that of speech 5 and more

    private readonly BandLayout bands;
    private readonly double[][] lowest = new double[Blocks + 1][]; // the last is the part that is being filled
    private readonly double[][] recent = new double[Recent][];
    private readonly double[] smooth, noise, floor;
    private readonly float[] bins;
    private readonly int blockLength;
    private long count;

    /// <param name="bands">The bands.</param>
    /// <param name="binCount">Bins of the spectrum.</param>
    /// <param name="decisions">How many decisions the lowest level is remembered.</param>
    public NoiseFloor(BandLayout bands, int binCount, int decisions)
    {
        this.bands = bands;
        for (int i = 0; i <= Blocks; i++)
            Array.Fill(lowest[i] = new double[bands.Count], double.PositiveInfinity);
        for (int i = 0; i < Recent; i++)
            recent[i] = new double[bands.Count];
        (smooth, noise, floor) = (new double[bands.Count], new double[bands.Count], new double[bands.Count]);
        bins = new float[binCount];
        blockLength = Math.Max(1, decisions / Blocks);
    }

    /// <summary>Noise in each band, in decibels.</summary>
    public ReadOnlySpan<double> Levels => noise;

    /// <summary>Noise in each bin, as power.</summary>
    public ReadOnlySpan<float> Bins => bins;

    /// <summary>Takes the next decision's spectrum in.</summary>
    /// <param name="levels">Its bands, in decibels.</param>
    /// <param name="power">Its bins.</param>
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
            for (int bin = 0; bin < bands.Edge(0); bin++) // what lies below the bands goes with the lowest
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
