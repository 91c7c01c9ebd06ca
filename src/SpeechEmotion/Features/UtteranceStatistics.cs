using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>
/// Utterance statistics (functionals): eleven statistics of each feature over the frames of an utterance, a small set of the kind of
/// openSMILE's (Eyben et al. 2010). One feature per lane, so that the sort for the percentiles is a fixed network of minima and maxima
/// (Batcher 1968).
/// </summary>
internal static unsafe class UtteranceStatistics
{
    /// <summary>
    /// Names of the statistics of a feature, in order: mean, standard deviation, five percentiles, mean and maximum absolute change over
    /// <see cref="Span"/> frames, slope (change of the regression line over the utterance), skewness.
    /// </summary>
    public static readonly IReadOnlyList<string> Names =
        ["mean", "deviation", "p5", "p25", "p50", "p75", "p95", "change", "greatest-change", "slope", "skewness"];

    /// <summary>Index of the mean.</summary>
    public const int Mean = 0;

    /// <summary>Index of the skewness.</summary>
    public const int Skewness = 10;

    /// <summary>Indices of the statistics of location, which change with an offset of the feature: mean and percentiles.</summary>
    public static readonly IReadOnlyList<int> Locations = [Mean, 2, 3, 4, 5, 6];

    private static readonly float[] Shares = [0.05f, 0.25f, 0.5f, 0.75f, 0.95f];

    /// <summary>Frames between the two values of a change: 40 ms at a hop of 10 ms.</summary>
    private const int Span = 4;

    private const float MinStandardDeviation = 1e-5f;

    /// <summary>Computes the statistics of a clip: [features, statistics], row-major.</summary>
    public static float[] Compute(FeatureMatrix clip)
    {
        float[] result = new float[clip.Features * Names.Count];
        if (Vector512.IsHardwareAccelerated)
            Fill<Lanes512>(clip, result);
        else if (Vector256.IsHardwareAccelerated)
            Fill<Lanes256>(clip, result);
        else
            Fill<Lanes128>(clip, result);
        return result;
    }

    private static void Fill<T>(FeatureMatrix clip, float[] result) where T : unmanaged, ILanes<T>
    {
        int frames = clip.Frames, padded = (int)BitOperations.RoundUpToPowerOf2((uint)frames);
        float[] rented = ArrayPool<float>.Shared.Rent((padded + Names.Count) * T.Count);
        fixed (float* columns = rented)
        {
            float* statistics = columns + ((long)padded * T.Count);
            for (int first = 0; first < clip.Features; first += T.Count)
            {
                int rows = Math.Min(T.Count, clip.Features - first);
                for (int lane = 0; lane < T.Count; lane++)
                {
                    // Lanes after the last feature repeat it and are ignored.
                    ReadOnlySpan<float> row = clip.Row(first + Math.Min(lane, rows - 1));
                    for (int frame = 0; frame < frames; frame++)
                        columns[(frame * T.Count) + lane] = row[frame];
                }
                Moments<T>(columns, frames, statistics);
                for (int frame = frames; frame < padded; frame++)
                    T.All(float.PositiveInfinity).Store(columns + (frame * T.Count));
                Sort<T>(columns, padded);
                Percentiles<T>(columns, frames, statistics + (2 * T.Count));
                for (int lane = 0; lane < rows; lane++)
                    for (int i = 0; i < Names.Count; i++)
                        result[((first + lane) * Names.Count) + i] = statistics[(i * T.Count) + lane];
            }
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    // All but the percentiles.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Moments<T>(float* columns, int frames, float* statistics) where T : unmanaged, ILanes<T>
    {
        T sum = T.All(0), change = sum, greatest = sum;
        for (int i = 0; i < frames; i++)
            sum += T.Load(columns + (i * T.Count));
        T mean = sum / T.All(frames), squares = T.All(0), cubes = squares, moment = squares;
        for (int i = 0; i < frames; i++)
        {
            T here = T.Load(columns + (i * T.Count)), centred = here - mean, square = centred * centred;
            squares += square;
            cubes = T.MultiplyAdd(square, centred, cubes);
            moment = T.MultiplyAdd(centred, T.All(i - ((frames - 1) / 2f)), moment);
            if (i < Span)
                continue;
            T before = T.Load(columns + ((i - Span) * T.Count)), step = T.Max(here - before, before - here);
            change += step;
            greatest = T.Max(greatest, step);
        }
        T standardDeviation = T.Max(T.Sqrt(squares / T.All(frames)), T.All(MinStandardDeviation));
        mean.Store(statistics);
        standardDeviation.Store(statistics + T.Count);
        (change / T.All(Math.Max(1, frames - Span))).Store(statistics + (7 * T.Count));
        greatest.Store(statistics + (8 * T.Count));
        // Change from the first to the last frame on the least-squares line: Σ i² about the middle is frames·(frames² − 1) / 12.
        (moment * T.All(frames > 1 ? 12f / ((float)frames * (frames + 1)) : 0)).Store(statistics + (9 * T.Count));
        (cubes / T.All(frames) / (standardDeviation * standardDeviation * standardDeviation)).Store(statistics + (10 * T.Count));
    }

    // Batcher's odd–even merge sort of each lane.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort<T>(float* columns, int count) where T : unmanaged, ILanes<T>
    {
        for (int size = 1; size < count; size *= 2)
            for (int gap = size; gap >= 1; gap /= 2)
                for (int start = gap % size; start + gap < count; start += 2 * gap)
                    for (int i = start; i < Math.Min(start + gap, count - gap); i++)
                    {
                        if ((i ^ (i + gap)) >= 2 * size) // not in the same pair of sorted runs
                            continue;
                        float* low = columns + (i * T.Count);
                        float* high = low + (gap * T.Count);
                        T a = T.Load(low), b = T.Load(high);
                        T.Min(a, b).Store(low);
                        T.Max(a, b).Store(high);
                    }
    }

    // Linear interpolation between the two nearest values, as in numpy.percentile.
    private static void Percentiles<T>(float* sorted, int frames, float* result) where T : unmanaged, ILanes<T>
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            float position = Shares[i] * (frames - 1);
            int low = (int)position;
            T left = T.Load(sorted + (low * T.Count)), right = T.Load(sorted + (Math.Min(low + 1, frames - 1) * T.Count));
            T.MultiplyAdd(right - left, T.All(position - low), left).Store(result + (i * T.Count));
        }
    }
}
