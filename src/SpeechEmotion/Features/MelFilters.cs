using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Triangular filters of equal width on Slaney's mel scale and of equal area in Hz (<c>librosa.filters.mel</c>, defaults). Only
/// non-zero weights are stored: about two per bin.
/// </summary>
internal sealed unsafe class MelFilters
{
    private readonly int[] firsts;
    private readonly int[] counts;
    private readonly AlignedFloats weights;

    public MelFilters(int sampleRate, int fftLength, int bands, double low, double high)
    {
        Bands = bands;
        double[] edges = MelScale.Frequencies(bands + 2, low, high);
        firsts = new int[bands];
        counts = new int[bands];
        List<float> all = [];
        for (int band = 0; band < bands; band++)
        {
            double area = 2 / (edges[band + 2] - edges[band]);
            for (int bin = 0; bin <= fftLength / 2; bin++)
            {
                double frequency = (double)bin * sampleRate / fftLength;
                double rising = (frequency - edges[band]) / (edges[band + 1] - edges[band]);
                double falling = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1]);
                double weight = Math.Min(rising, falling);
                if (weight <= 0)
                    continue;
                if (counts[band]++ == 0)
                    firsts[band] = bin;
                all.Add((float)(weight * area));
            }
        }
        weights = new AlignedFloats(all.Count);
        all.ToArray().CopyTo(weights.Span);
    }

    /// <summary>Number of bands.</summary>
    public int Bands { get; }

    /// <summary>
    /// Power [bins, lanes] → [bands, lanes]. A band that contains no bin (narrow bands, short FFT) is 0, as in librosa.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<T>(float* power, float* mel) where T : unmanaged, ILanes<T>
    {
        float* weight = weights.Pointer;
        for (int band = 0; band < firsts.Length; band++)
        {
            float* bin = power + firsts[band] * T.Count;
            int left = counts[band];
            // Two sums halve the chain of dependent additions.
            T even = T.All(0), odd = T.All(0);
            for (; left >= 2; left -= 2, bin += 2 * T.Count, weight += 2)
            {
                even = T.MultiplyAdd(T.Load(bin), T.All(weight[0]), even);
                odd = T.MultiplyAdd(T.Load(bin + T.Count), T.All(weight[1]), odd);
            }
            if (left > 0)
                even = T.MultiplyAdd(T.Load(bin), T.All(*weight++), even);
            (even + odd).Store(mel + band * T.Count);
        }
    }
}
