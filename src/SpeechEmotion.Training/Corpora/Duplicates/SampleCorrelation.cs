using System.Numerics;
using System.Runtime.InteropServices;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>The largest correlation of two recordings over a range of lags.</summary>
internal static class SampleCorrelation
{
    // Number of products that are summed in single precision, which keeps five digits; the block sums are added in double precision.
    private const int BlockLength = 4096;

    /// <summary>
    /// The largest absolute correlation over lags of <paramref name="around"/> ± <paramref name="reach"/> samples, and its lag: the delay
    /// of <paramref name="second"/> relative to <paramref name="first"/> in samples. Samples beyond the end of the other recording are
    /// correlated with silence.
    /// </summary>
    public static (double Correlation, int Lag) Best(float[] first, float[] second, int around, int reach)
    {
        float[] a = new float[first.Length], b = new float[second.Length];
        Centre(first, a);
        Centre(second, b);
        double scale = Math.Sqrt(Dot(a, a) * Dot(b, b));
        (double Correlation, int Lag) best = (0, around);
        if (scale == 0)
            return best;
        for (int lag = around - reach; lag <= around + reach; lag++)
        {
            int from = Math.Max(0, -lag), to = Math.Min(a.Length, b.Length - lag);
            if (to <= from)
                continue;
            double correlation = Math.Abs(Dot(a.AsSpan(from..to), b.AsSpan((from + lag)..(to + lag)))) / scale;
            if (correlation > best.Correlation)
                best = (Math.Min(1, correlation), lag);
        }
        return best;
    }

    /// <summary>Subtracts the mean of the samples.</summary>
    public static void Centre(ReadOnlySpan<float> samples, Span<float> centred)
    {
        double sum = 0;
        for (int start = 0; start < samples.Length; start += BlockLength)
            sum += Sum(samples[start..Math.Min(samples.Length, start + BlockLength)]);
        float mean = samples.Length == 0 ? 0 : (float)(sum / samples.Length);
        for (int i = 0; i < samples.Length; i++)
            centred[i] = samples[i] - mean;
    }

    /// <summary>The dot product of two spans of equal length.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int start = 0; start < a.Length; start += BlockLength)
        {
            int end = Math.Min(a.Length, start + BlockLength);
            sum += BlockDot(a[start..end], b[start..end]);
        }
        return sum;
    }

    private static float BlockDot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ReadOnlySpan<Vector<float>> va = MemoryMarshal.Cast<float, Vector<float>>(a), vb = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> even = Vector<float>.Zero, odd = Vector<float>.Zero;
        int i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            even += va[i] * vb[i];
            odd += va[i + 1] * vb[i + 1];
        }
        for (; i < va.Length; i++)
            even += va[i] * vb[i];
        float sum = Vector.Sum(even + odd);
        for (int rest = va.Length * Vector<float>.Count; rest < a.Length; rest++)
            sum += a[rest] * b[rest];
        return sum;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> total = Vector<float>.Zero;
        foreach (Vector<float> vector in vectors)
            total += vector;
        float sum = Vector.Sum(total);
        for (int rest = vectors.Length * Vector<float>.Count; rest < values.Length; rest++)
            sum += values[rest];
        return sum;
    }
}
