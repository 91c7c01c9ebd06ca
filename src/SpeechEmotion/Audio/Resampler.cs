using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Audio;

/// <summary>
/// Changes the rate of a waveform by a band-limited polyphase filter: flat up to 0.9 of the lower Nyquist frequency, at least
/// 90 dB down from that frequency on, no delay. Safe for use by many threads; the result does not depend on them.
/// </summary>
public sealed class Resampler
{
    private const int MaxRate = SampleFormat.MaxRate;
    private const int SteepestRatio = 10_000; // the filter's length grows with it

    private static readonly ConcurrentDictionary<(int Up, int Down), Lazy<ResamplingFilter>> Filters = new();

    // Output sample n stands at the input's n · down / up.
    private readonly int up;
    private readonly int down;
    private readonly ResamplingFilter filter;

    /// <summary>Prepares a change of rate; the filter of a ratio is designed once in a process.</summary>
    /// <param name="from">Rate of the input in Hz, up to 1 MHz.</param>
    /// <param name="to">Rate of the output in Hz, up to 1 MHz, not below a ten-thousandth of <paramref name="from"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside these limits.</exception>
    public Resampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, Math.Max(1, from / SteepestRatio));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, MaxRate);
        From = from;
        To = to;
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        up = to / divisor;
        down = from / divisor;
        filter = Filters.GetOrAdd((up, down), ratio => new(() => new ResamplingFilter(ratio.Up, ratio.Down))).Value;
    }

    /// <summary>Rate of the input in Hz.</summary>
    public int From { get; }

    /// <summary>Rate of the output in Hz.</summary>
    public int To { get; }

    /// <summary>Input samples on each side of an output sample that it may depend on.</summary>
    internal int Reach => up == down ? 0 : filter.Taps;

    /// <summary>[n] at <see cref="From"/> → [ceil(n · to / from)] at <see cref="To"/>; beyond its ends the input counts as silent.</summary>
    /// <exception cref="ArgumentException">The result would be longer than an array can be.</exception>
    public float[] Resample(ReadOnlySpan<float> samples)
    {
        if (up == down)
            return samples.ToArray();
        long length = ((long)samples.Length * up + down - 1) / down;
        if (length > Array.MaxLength)
            throw new ArgumentException($"{samples.Length} samples at {From} Hz are {length} at {To} Hz: must be at most {Array.MaxLength}");
        float[] output = GC.AllocateUninitializedArray<float>((int)length);
        Fill(samples, 0, 0, output);
        return output;
    }

    /// <summary>The same for a waveform; one that has the rate already is returned itself.</summary>
    public static Waveform Resample(Waveform waveform, int rate)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return waveform.SampleRate == rate
            ? waveform
            : new Waveform(new Resampler(waveform.SampleRate, rate).Resample(waveform.Samples), rate);
    }

    /// <summary>
    /// Computes a stretch of the output from a stretch of the input. Every output sample depends on its number and the input
    /// alone, so stretches put together equal the whole to the last bit.
    /// </summary>
    /// <param name="samples">Input from sample number <paramref name="start"/> on; what is outside counts as silent.</param>
    /// <param name="start">Number of the first input sample given.</param>
    /// <param name="first">Number of the first output sample wanted.</param>
    /// <param name="output">Receives the output samples.</param>
    internal void Fill(ReadOnlySpan<float> samples, long start, long first, Span<float> output)
    {
        if (up == down)
        {
            samples.Slice((int)(first - start), output.Length).CopyTo(output);
            return;
        }
        int taps = filter.Taps, rows = filter.Rows;
        int step = down / up, stepPhase = down % up;
        long at = first * down / up - filter.Before - start; // where the filter begins, in the samples given
        int phase = (int)(first * down % up);                // past it, in 1/up of an input sample
        Span<float> edge = filter.Taps <= 2048 ? stackalloc float[filter.Taps] : new float[filter.Taps];
        for (int i = 0; i < output.Length; i++)
        {
            ReadOnlySpan<float> input = at >= 0 && at + taps <= samples.Length
                ? samples.Slice((int)at, taps)
                : AtTheEdge(samples, at, edge);
            if (filter.Exact)
                output[i] = Dot(input, filter.Row(phase));
            else
            {
                long place = (long)phase * rows;
                int row = (int)(place / up);
                float between = (float)(place - (long)row * up) / up;
                output[i] = Dot(input, filter.Row(row), filter.Row(row + 1), between);
            }

            at += step;
            phase += stepPhase;
            if (phase >= up)
            {
                phase -= up;
                at++;
            }
        }
    }

    private static ReadOnlySpan<float> AtTheEdge(ReadOnlySpan<float> samples, long at, Span<float> window)
    {
        window.Clear();
        long from = Math.Max(0, at), to = Math.Min(samples.Length, at + window.Length);
        if (from < to)
            samples[(int)from..(int)to].CopyTo(window[(int)(from - at)..]);
        return window;
    }

    // Lengths are multiples of 32 (see ResamplingFilter.Taps), checked once by the slices in Fill. Four running sums hide the
    // latency of multiply-add, and fix the order of addition: two of them side by side are one vector of 512 bits, so that
    // a processor which has such vectors computes the same bits in half the steps.

    private static float Dot(ReadOnlySpan<float> input, ReadOnlySpan<float> row)
    {
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float a = ref MemoryMarshal.GetReference(row);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> s01 = default, s23 = default;
            for (nuint i = 0; i < (nuint)row.Length; i += 32)
            {
                s01 = MultiplyAdd(ref x, ref a, i, s01);
                s23 = MultiplyAdd(ref x, ref a, i + 16, s23);
            }
            return Vector256.Sum((s01.GetLower() + s01.GetUpper()) + (s23.GetLower() + s23.GetUpper()));
        }
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i < (nuint)row.Length; i += 32)
        {
            s0 = MultiplyAdd(ref x, ref a, i, s0);
            s1 = MultiplyAdd(ref x, ref a, i + 8, s1);
            s2 = MultiplyAdd(ref x, ref a, i + 16, s2);
            s3 = MultiplyAdd(ref x, ref a, i + 24, s3);
        }
        return Vector256.Sum((s0 + s1) + (s2 + s3));
    }

    private static float Dot(ReadOnlySpan<float> input, ReadOnlySpan<float> row, ReadOnlySpan<float> next, float between)
    {
        ref float x = ref MemoryMarshal.GetReference(input);
        ref float a = ref MemoryMarshal.GetReference(row);
        ref float b = ref MemoryMarshal.GetReference(next);
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> s01 = default, t01 = default;
            for (nuint i = 0; i < (nuint)row.Length; i += 16)
            {
                s01 = MultiplyAdd(ref x, ref a, i, s01);
                t01 = MultiplyAdd(ref x, ref b, i, t01);
            }
            return Between(s01.GetLower() + s01.GetUpper(), t01.GetLower() + t01.GetUpper(), between);
        }
        Vector256<float> s0 = default, s1 = default, t0 = default, t1 = default;
        for (nuint i = 0; i < (nuint)row.Length; i += 16)
        {
            s0 = MultiplyAdd(ref x, ref a, i, s0);
            t0 = MultiplyAdd(ref x, ref b, i, t0);
            s1 = MultiplyAdd(ref x, ref a, i + 8, s1);
            t1 = MultiplyAdd(ref x, ref b, i + 8, t1);
        }
        return Between(s0 + s1, t0 + t1, between);
    }

    private static float Between(Vector256<float> row, Vector256<float> next, float between) =>
        Vector256.Sum(row * (1 - between) + next * between);

    private static Vector256<float> MultiplyAdd(ref float x, ref float a, nuint at, Vector256<float> sum) =>
        Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, at), Vector256.LoadUnsafe(ref a, at), sum);

    private static Vector512<float> MultiplyAdd(ref float x, ref float a, nuint at, Vector512<float> sum) =>
        Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, at), Vector512.LoadUnsafe(ref a, at), sum);
}
