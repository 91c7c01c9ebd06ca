using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Audio;

/// <summary>
/// Changes the sample rate of a waveform by a band-limited polyphase filter: flat up to 0.9 of the lower Nyquist frequency,
/// attenuation of at least 90 dB above that frequency, no delay. Thread-safe.
/// </summary>
public sealed class Resampler
{
    private const int MaxRate = SampleFormat.MaxRate;
    private const int MaxRatio = 10_000; // input to output rate; the length of the filter grows with it

    private static readonly ConcurrentDictionary<(int Up, int Down), Lazy<ResamplingFilter>> Filters = new();

    // Output sample n is at position n · down / up of the input.
    private readonly int up;
    private readonly int down;
    private readonly ResamplingFilter filter;

    /// <summary>Prepares a conversion. The filter of each ratio is designed once per process.</summary>
    /// <param name="from">Sample rate of the input in Hz, 1 to 1,000,000.</param>
    /// <param name="to">Sample rate of the output in Hz, up to 1,000,000 and at least <paramref name="from"/> / 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public Resampler(int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, Math.Max(1, from / MaxRatio));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, MaxRate);
        From = from;
        To = to;
        int divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        up = to / divisor;
        down = from / divisor;
        filter = Filters.GetOrAdd((up, down), ratio => new(() => new ResamplingFilter(ratio.Up, ratio.Down))).Value;
    }

    /// <summary>Sample rate of the input in Hz.</summary>
    public int From { get; }

    /// <summary>Sample rate of the output in Hz.</summary>
    public int To { get; }

    /// <summary>Number of input samples on each side of an output sample on which it depends, at most.</summary>
    internal int Reach => up == down ? 0 : filter.Taps;

    /// <summary>
    /// Resamples [n] at rate <see cref="From"/> to [⌈n · to / from⌉] at rate <see cref="To"/>. Outside its ends the input is 0.
    /// </summary>
    /// <exception cref="ArgumentException">The result has more samples than an array can have.</exception>
    public float[] Resample(ReadOnlySpan<float> samples)
    {
        if (up == down)
            return samples.ToArray();
        long length = ((long)samples.Length * up + down - 1) / down;
        if (length > Array.MaxLength)
            throw new ArgumentException(
                $"{samples.Length} samples at {From} Hz are {length} at {To} Hz: must be at most {Array.MaxLength}");
        float[] output = GC.AllocateUninitializedArray<float>((int)length);
        Fill(samples, 0, 0, output);
        return output;
    }

    /// <summary>Resamples a waveform. A waveform that already has the rate is returned unchanged.</summary>
    public static Waveform Resample(Waveform waveform, int rate)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        return waveform.SampleRate == rate
            ? waveform
            : new Waveform(new Resampler(waveform.SampleRate, rate).Resample(waveform.Samples), rate);
    }

    /// <summary>
    /// Computes a section of the output from a section of the input. An output sample depends on its number and the input alone, so
    /// the sections together equal the output computed at once, bit for bit.
    /// </summary>
    /// <param name="samples">Input from sample <paramref name="start"/> on. Outside this section the input is taken as 0.</param>
    /// <param name="start">Number of the first sample in <paramref name="samples"/>.</param>
    /// <param name="first">Number of the first output sample to compute.</param>
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
        long at = first * down / up - filter.Before - start; // index in samples of the first filter tap
        int phase = (int)(first * down % up);                // offset after an input sample, in 1/up of a sample
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
                long position = (long)phase * rows;
                int row = (int)(position / up);
                float fraction = (float)(position - (long)row * up) / up;
                output[i] = Dot(input, filter.Row(row), filter.Row(row + 1), fraction);
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

    // Lengths are multiples of 32 (see ResamplingFilter.Taps), checked once by the slices in Fill. Four running sums hide the latency
    // of multiply-add and fix the order of addition. Two of them form one vector of 512 bits, so a processor with such vectors
    // computes the same bits in half the steps.

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

    private static float Dot(ReadOnlySpan<float> input, ReadOnlySpan<float> row, ReadOnlySpan<float> next, float fraction)
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
            return Interpolate(s01.GetLower() + s01.GetUpper(), t01.GetLower() + t01.GetUpper(), fraction);
        }
        Vector256<float> s0 = default, s1 = default, t0 = default, t1 = default;
        for (nuint i = 0; i < (nuint)row.Length; i += 16)
        {
            s0 = MultiplyAdd(ref x, ref a, i, s0);
            t0 = MultiplyAdd(ref x, ref b, i, t0);
            s1 = MultiplyAdd(ref x, ref a, i + 8, s1);
            t1 = MultiplyAdd(ref x, ref b, i + 8, t1);
        }
        return Interpolate(s0 + s1, t0 + t1, fraction);
    }

    private static float Interpolate(Vector256<float> row, Vector256<float> next, float fraction) =>
        Vector256.Sum(row * (1 - fraction) + next * fraction);

    private static Vector256<float> MultiplyAdd(ref float x, ref float a, nuint at, Vector256<float> sum) =>
        Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, at), Vector256.LoadUnsafe(ref a, at), sum);

    private static Vector512<float> MultiplyAdd(ref float x, ref float a, nuint at, Vector512<float> sum) =>
        Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref x, at), Vector512.LoadUnsafe(ref a, at), sum);
}
