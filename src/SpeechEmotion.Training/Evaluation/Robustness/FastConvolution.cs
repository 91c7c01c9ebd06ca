using System.Collections.Concurrent;
using System.Numerics;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>Convolution with a fixed response through a complex FFT (radix 2) in double precision. Thread-safe.</summary>
internal sealed class FastConvolution(double[] response)
{
    private readonly ConcurrentDictionary<int, Lazy<(Complex[] Roots, Complex[] Response)>> tables = new();

    /// <summary>The convolution, cut to the length of the samples.</summary>
    public float[] Apply(float[] samples)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, samples.Length + response.Length - 1));
        (Complex[] roots, Complex[] spectrum) = tables.GetOrAdd(length, size => new(() => Prepare(size))).Value;
        Complex[] values = new Complex[length];
        for (int i = 0; i < samples.Length; i++)
            values[i] = samples[i];
        Transform(values, roots);
        // The inverse transform is the transform of the conjugate, conjugated; the result is real.
        for (int k = 0; k < length; k++)
            values[k] = Complex.Conjugate(values[k] * spectrum[k]);
        Transform(values, roots);
        float[] result = new float[samples.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)(values[i].Real / length);
        return result;
    }

    private (Complex[] Roots, Complex[] Response) Prepare(int length)
    {
        Complex[] roots = [.. Enumerable.Range(0, length / 2).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / length))];
        Complex[] spectrum = new Complex[length];
        for (int i = 0; i < response.Length; i++)
            spectrum[i] = response[i];
        Transform(spectrum, roots);
        return (roots, spectrum);
    }

    /// <summary>Discrete Fourier transform in place, decimation in time.</summary>
    private static void Transform(Complex[] values, Complex[] roots)
    {
        int length = values.Length;
        for (int i = 1, j = 0; i < length; i++)
        {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
                j ^= bit;
            j ^= bit;
            if (i < j)
                (values[i], values[j]) = (values[j], values[i]);
        }
        for (int half = 1; half < length; half *= 2)
        {
            int step = length / (2 * half);
            for (int start = 0; start < length; start += 2 * half)
                for (int k = 0; k < half; k++)
                {
                    Complex even = values[start + k], odd = values[start + k + half] * roots[k * step];
                    values[start + k] = even + odd;
                    values[start + k + half] = even - odd;
                }
        }
    }
}
