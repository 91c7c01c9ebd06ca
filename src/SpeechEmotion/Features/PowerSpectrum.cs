using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Power spectrum of windowed frames, one frame per lane: a real FFT through a complex FFT of half the length (decimation in time,
/// radix 4, depth first so that the lower passes stay in the first-level cache). The layout of spectra is [bin, lane], that of
/// intermediate complex numbers [point, real or imaginary, lane].
/// </summary>
internal sealed unsafe class PowerSpectrum
{
    /// <summary>Largest sub-transform that is computed pass by pass. In a larger one, each quarter is completed before the next.</summary>
    private const int PassByPass = 64;

    /// <summary>Floats per rotation: cosine, sine and negative sine, so that no sign needs to be changed.</summary>
    private const int TwiddleFloats = 3;

    private readonly int points;
    private readonly int leaf;
    private readonly AlignedFloats window;
    private readonly int[] offsets;
    private readonly AlignedFloats[] passes;
    private readonly AlignedFloats twiddles;

    /// <param name="length">FFT length in samples, a power of two, at least 32.</param>
    /// <param name="window">Window: [length].</param>
    /// <param name="columns">Layout of the signal.</param>
    public PowerSpectrum(int length, double[] window, FrameColumns columns)
    {
        Length = length;
        points = length / 2;
        leaf = int.Log2(points) % 2 == 0 ? 4 : 2;

        // Window values and positions in the order in which the first pass reads them. The factor 0.5 is that of the split into even
        // and odd spectra; powers of two cost no accuracy.
        int[] order = new int[points];
        Order(order, 0, 1);
        this.window = new AlignedFloats(length);
        offsets = new int[length];
        for (int i = 0; i < length; i++)
        {
            int sample = 2 * order[i / 2] + i % 2;
            this.window.Span[i] = (float)(0.5 * window[sample]);
            offsets[i] = columns.Offset(length, sample);
        }

        passes = new AlignedFloats[(int.Log2(points) - int.Log2(leaf)) / 2];
        for (int pass = 0, size = 4 * leaf; pass < passes.Length; pass++, size *= 4)
        {
            passes[pass] = new AlignedFloats(size / 4 * 3 * TwiddleFloats);
            for (int k = 0; k < size / 4; k++)
                for (int power = 1; power <= 3; power++)
                    Twiddle(power * k, size, passes[pass].Span[((3 * k + power - 1) * TwiddleFloats)..]);
        }
        twiddles = new AlignedFloats(points / 2 * TwiddleFloats);
        for (int k = 0; k < points / 2; k++)
            Twiddle(k, length, twiddles.Span[(k * TwiddleFloats)..]);
    }

    /// <summary>FFT length in samples.</summary>
    public int Length { get; }

    /// <summary>Number of bins from 0 Hz to half the sample rate.</summary>
    public int Bins => points + 1;

    /// <summary>Floats per lane of the complex transform.</summary>
    public int TransformLength => Length;

    /// <summary>Computes the power spectrum of as many frames as there are lanes.</summary>
    /// <param name="table">Table of the signal, at the column of the first frame.</param>
    /// <param name="transform">Buffer of <see cref="TransformLength"/> floats per lane.</param>
    /// <param name="power">Result, [bins, lanes].</param>
    public void Compute<T>(float* table, float* transform, float* power) where T : unmanaged, ILanes<T>
    {
        fixed (int* positions = offsets)
            Transform<T>(table, positions, transform, 0, points);
        Unpack<T>(transform, power);
    }

    // Writes the complex input point at each position if the sub-transforms of the points congruent 0, 1, 2, 3 mod 4 are consecutive.
    private void Order(Span<int> order, int start, int step)
    {
        if (order.Length == leaf)
        {
            for (int i = 0; i < leaf; i++)
                order[i] = start + i * step;
            return;
        }
        int quarter = order.Length / 4;
        for (int i = 0; i < 4; i++)
            Order(order.Slice(i * quarter, quarter), start + i * step, 4 * step);
    }

    private static void Twiddle(int k, int size, Span<float> target)
    {
        (double sin, double cos) = Math.SinCos(-2 * Math.PI * k / size);
        target[0] = (float)cos;
        target[1] = (float)sin;
        target[2] = -target[1];
    }

    private void Transform<T>(float* table, int* positions, float* z, int start, int count) where T : unmanaged, ILanes<T>
    {
        if (count > PassByPass)
        {
            int quarter = count / 4;
            for (int i = 0; i < 4; i++)
                Transform<T>(table, positions, z, start + i * quarter, quarter);
            Combine<T>(z + 2L * start * T.Count, count, count, passes[PassOf(count)].Pointer);
            return;
        }
        float* target = z + 2L * start * T.Count;
        if (leaf == 4)
            Leaves4<T>(table, positions + 2 * start, window.Pointer + 2 * start, target, count);
        else
            Leaves2<T>(table, positions + 2 * start, window.Pointer + 2 * start, target, count);
        for (int size = 4 * leaf; size <= count; size *= 4)
            Combine<T>(target, count, size, passes[PassOf(size)].Pointer);
    }

    private int PassOf(int size) => (int.Log2(size) - int.Log2(leaf)) / 2 - 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Leaves4<T>(float* table, int* positions, float* window, float* z, int count) where T : unmanaged, ILanes<T>
    {
        for (int i = 0; i < count; i += 4, positions += 8, window += 8, z += 8 * T.Count)
        {
            T ar = T.Load(table + positions[0]) * T.All(window[0]), ai = T.Load(table + positions[1]) * T.All(window[1]);
            T br = T.Load(table + positions[2]) * T.All(window[2]), bi = T.Load(table + positions[3]) * T.All(window[3]);
            T cr = T.Load(table + positions[4]) * T.All(window[4]), ci = T.Load(table + positions[5]) * T.All(window[5]);
            T dr = T.Load(table + positions[6]) * T.All(window[6]), di = T.Load(table + positions[7]) * T.All(window[7]);
            T pr = ar + cr, pi = ai + ci, qr = ar - cr, qi = ai - ci;
            T rr = br + dr, ri = bi + di, sr = br - dr, si = bi - di;
            (pr + rr).Store(z);
            (pi + ri).Store(z + T.Count);
            (qr + si).Store(z + 2 * T.Count);
            (qi - sr).Store(z + 3 * T.Count);
            (pr - rr).Store(z + 4 * T.Count);
            (pi - ri).Store(z + 5 * T.Count);
            (qr - si).Store(z + 6 * T.Count);
            (qi + sr).Store(z + 7 * T.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Leaves2<T>(float* table, int* positions, float* window, float* z, int count) where T : unmanaged, ILanes<T>
    {
        for (int i = 0; i < count; i += 2, positions += 4, window += 4, z += 4 * T.Count)
        {
            T ar = T.Load(table + positions[0]) * T.All(window[0]), ai = T.Load(table + positions[1]) * T.All(window[1]);
            T br = T.Load(table + positions[2]) * T.All(window[2]), bi = T.Load(table + positions[3]) * T.All(window[3]);
            (ar + br).Store(z);
            (ai + bi).Store(z + T.Count);
            (ar - br).Store(z + 2 * T.Count);
            (ai - bi).Store(z + 3 * T.Count);
        }
    }

    // Combines each four successive transforms of size/4 points into one of size points, for all count points.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Combine<T>(float* z, int count, int size, float* twiddles) where T : unmanaged, ILanes<T>
    {
        int quarter = size / 4 * 2 * T.Count;
        for (int group = 0; group < count; group += size, z += 3 * quarter)
        {
            float* w = twiddles;
            for (int k = 0; k < size / 4; k++, w += 3 * TwiddleFloats, z += 2 * T.Count)
            {
                float* zb = z + quarter, zc = z + 2 * quarter, zd = z + 3 * quarter;
                T ar = T.Load(z), ai = T.Load(z + T.Count);
                Rotate(T.Load(zb), T.Load(zb + T.Count), w, out T br, out T bi);
                Rotate(T.Load(zc), T.Load(zc + T.Count), w + TwiddleFloats, out T cr, out T ci);
                Rotate(T.Load(zd), T.Load(zd + T.Count), w + 2 * TwiddleFloats, out T dr, out T di);
                T pr = ar + cr, pi = ai + ci, qr = ar - cr, qi = ai - ci;
                T rr = br + dr, ri = bi + di, sr = br - dr, si = bi - di;
                (pr + rr).Store(z);
                (pi + ri).Store(z + T.Count);
                (qr + si).Store(zb);
                (qi - sr).Store(zb + T.Count);
                (pr - rr).Store(zc);
                (pi - ri).Store(zc + T.Count);
                (qr - si).Store(zd);
                (qi + sr).Store(zd + T.Count);
            }
        }
    }

    // From the transform of even samples + i·odd samples to the power spectrum of the frame, bins k and N/2 − k together.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unpack<T>(float* z, float* power) where T : unmanaged, ILanes<T>
    {
        T zr = T.Load(z), zi = T.Load(z + T.Count);
        T sum = zr + zi, difference = zr - zi;
        sum += sum;
        difference += difference;
        (sum * sum).Store(power);
        (difference * difference).Store(power + points * T.Count);

        float* w = twiddles.Pointer + TwiddleFloats;
        float* low = z + 2 * T.Count;
        float* high = z + 2 * (points - 1) * T.Count;
        float* lowPower = power + T.Count;
        float* highPower = power + (points - 1) * T.Count;
        for (int k = 1; k < points / 2; k++)
        {
            T ar = T.Load(low), ai = T.Load(low + T.Count), br = T.Load(high), bi = T.Load(high + T.Count);
            T er = ar + br, ei = ai - bi;
            Rotate(ai + bi, br - ar, w, out T or, out T oi);
            T xr = er + or, xi = ei + oi, yr = er - or, yi = ei - oi;
            T.MultiplyAdd(xr, xr, xi * xi).Store(lowPower);
            T.MultiplyAdd(yr, yr, yi * yi).Store(highPower);
            w += TwiddleFloats;
            low += 2 * T.Count;
            high -= 2 * T.Count;
            lowPower += T.Count;
            highPower -= T.Count;
        }
        T mr = T.Load(low), mi = T.Load(low + T.Count);
        mr += mr;
        mi += mi;
        T.MultiplyAdd(mr, mr, mi * mi).Store(lowPower);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rotate<T>(T re, T im, float* w, out T real, out T imaginary) where T : unmanaged, ILanes<T>
    {
        T cosine = T.All(w[0]);
        real = T.MultiplyAdd(im, T.All(w[2]), re * cosine);
        imaginary = T.MultiplyAdd(re, T.All(w[1]), im * cosine);
    }
}
