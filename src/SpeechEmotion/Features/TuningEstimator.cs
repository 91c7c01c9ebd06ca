namespace SpeechEmotion.Features;

/// <summary>
/// How far a clip's pitches lie from A = 440 Hz, as a fraction of a pitch class (<c>librosa.estimate_tuning</c> on a power
/// spectrogram): peaks between 150 and 4,000 Hz above a tenth of their frame's largest value, refined by a parabola; of those
/// at least as strong as the median, the fullest of a hundred classes of deviation wins, the lowest one when several are equally full.
/// </summary>
internal sealed unsafe class TuningEstimator
{
    /// <summary>Number of steps between −½ and ½.</summary>
    public const int Steps = 100;

    private const double LowestPitch = 150;
    private const double HighestPitch = 4000;
    private const float Share = 0.1f;

    private readonly int sampleRate;
    private readonly int fftLength;
    private readonly int classes;
    private readonly int firstBin;
    private readonly int endBin;

    public TuningEstimator(int sampleRate, int fftLength, int classes)
    {
        this.sampleRate = sampleRate;
        this.fftLength = fftLength;
        this.classes = classes;
        firstBin = Math.Max(1, (int)Math.Ceiling(LowestPitch * fftLength / sampleRate));
        endBin = Math.Min((int)Math.Ceiling(HighestPitch * fftLength / sampleRate), fftLength / 2);
    }

    /// <summary>The deviation that step <paramref name="step"/> stands for, −0.5 to 0.49.</summary>
    public static double Deviation(int step) => step * (1.0 / Steps) - 0.5;

    /// <summary>Adds the peaks of frames [bins, lanes].</summary>
    public void Collect(float* power, int lanes, int frames, List<Peak> peaks)
    {
        for (int lane = 0; lane < frames; lane++)
        {
            float* bins = power + lane;
            float largest = 0;
            for (int bin = 0; bin <= fftLength / 2; bin++)
                largest = Math.Max(largest, bins[bin * lanes]);
            float limit = Share * largest;
            for (int bin = firstBin; bin < endBin; bin++)
            {
                float here = bins[bin * lanes], below = bins[(bin - 1) * lanes], above = bins[(bin + 1) * lanes];
                if (!(here > limit))
                    continue;
                if (here > (below > limit ? below : 0) && here >= (above > limit ? above : 0))
                    peaks.Add(Refine(bin, below, here, above));
            }
        }
    }

    /// <summary>Step of <see cref="Deviation"/> that most of the strong peaks fall in; that of 0 without peaks. Reorders the peaks.</summary>
    public int Estimate(List<Peak> peaks)
    {
        if (peaks.Count == 0)
            return Steps / 2;
        peaks.Sort(static (a, b) => a.Power.CompareTo(b.Power));
        int middle = peaks.Count / 2;
        float median = peaks.Count % 2 == 1 ? peaks[middle].Power : (peaks[middle - 1].Power + peaks[middle].Power) / 2;

        Span<int> counts = stackalloc int[Steps];
        counts.Clear();
        foreach (Peak peak in peaks)
            if (peak.Power >= median)
                counts[Step(peak.Hertz)]++;
        int fullest = 0;
        for (int step = 1; step < Steps; step++)
            if (counts[step] > counts[fullest])
                fullest = step;
        return fullest;
    }

    // Vertex of the parabola through three neighbouring bins, in librosa's precisions: half the difference in float, the rest in double.
    private Peak Refine(int bin, float below, float here, float above)
    {
        double curvature = (double)(above + below) - 2.0 * here;
        double slope = (double)(above - below) / 2;
        float shift = Math.Abs(slope) >= Math.Abs(curvature) ? 0 : (float)(-slope / curvature);
        float rise = (above - below) / 2;
        return new Peak((float)((bin + (double)shift) * sampleRate / fftLength), here + 0.5f * rise * shift);
    }

    private int Step(float hertz)
    {
        float classesAboveA = classes * MathF.Log2(hertz / 27.5f);
        float residual = classesAboveA - MathF.Floor(classesAboveA);
        if (residual >= 0.5f)
            residual -= 1;
        int step = Math.Clamp((int)((residual + 0.5) * Steps), 0, Steps - 1);
        if (step > 0 && residual < Deviation(step))
            step--;
        else if (step < Steps - 1 && residual >= Deviation(step + 1))
            step++;
        return step;
    }

    /// <summary>A spectral peak: its refined frequency and power.</summary>
    public readonly record struct Peak(float Hertz, float Power);
}
