using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Estimates the tuning of a clip: the deviation of its pitches from A = 440 Hz, as a fraction of a pitch class
/// (<c>librosa.estimate_tuning</c> on a power spectrogram). Spectral peaks between 150 and 4,000 Hz above a tenth of the maximum of their
/// frame are refined by a parabola. Those at least as strong as the median form a histogram of 100 bins of deviation. The result is the
/// lowest of the fullest bins.
/// </summary>
/// <remarks>
/// The result is not continuous. A peak on the border of two bins (such as a tone exactly in tune), or two bins that differ by one
/// peak, can be decided by the last bit of a spectrum, which differs between FFT implementations. Then the result can differ from that
/// of librosa by one bin, or be the other of two equally full bins.
/// </remarks>
internal sealed unsafe class TuningEstimator
{
    /// <summary>Number of steps from −½ to ½.</summary>
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

    /// <summary>Deviation of a step in pitch classes, −0.5 to 0.49.</summary>
    public static double Deviation(int step) => step * (1.0 / Steps) - 0.5;

    /// <summary>
    /// Adds the peaks of the first <paramref name="frames"/> lanes of a power spectrum [bins, lanes] to <paramref name="peaks"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Collect<T>(float* power, int frames, TuningPeaks peaks) where T : unmanaged, ILanes<T>
    {
        T largest = T.All(0);
        for (int bin = 0; bin <= fftLength / 2; bin++)
            largest = T.Max(largest, T.Load(power + bin * T.Count));
        T limit = T.All(Share) * largest;
        uint wanted = uint.MaxValue >> (32 - frames);
        for (int bin = firstBin; bin < endBin; bin++)
        {
            float* here = power + bin * T.Count;
            uint found = wanted & T.Peaks(T.Load(here - T.Count), T.Load(here), T.Load(here + T.Count), limit);
            for (; found != 0; found &= found - 1)
            {
                float* peak = here + BitOperations.TrailingZeroCount(found);
                Refine(bin, peak[-T.Count], *peak, peak[T.Count], peaks);
            }
        }
    }

    /// <summary>Step of <see cref="Deviation"/> with the most strong peaks; without peaks the step of deviation 0.</summary>
    public int Estimate(TuningPeaks peaks)
    {
        if (peaks.Count == 0)
            return Steps / 2;
        float median = peaks.MedianPower();
        Span<int> counts = stackalloc int[Steps];
        counts.Clear();
        for (int i = 0; i < peaks.Count; i++)
            if (peaks.Power[i] >= median)
                counts[Step(peaks.Hertz[i])]++;
        int fullest = 0;
        for (int step = 1; step < Steps; step++)
            if (counts[step] > counts[fullest])
                fullest = step;
        return fullest;
    }

    // Vertex of the parabola through three neighbouring bins, in the precision of librosa: half the difference in float, the rest in
    // double.
    private void Refine(int bin, float below, float here, float above, TuningPeaks peaks)
    {
        double curvature = (double)(above + below) - 2.0 * here;
        double slope = (double)(above - below) / 2;
        float shift = Math.Abs(slope) >= Math.Abs(curvature) ? 0 : (float)(-slope / curvature);
        float rise = (above - below) / 2;
        peaks.Add((float)((bin + (double)shift) * sampleRate / fftLength), here + 0.5f * rise * shift);
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
}
