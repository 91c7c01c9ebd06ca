namespace SpeechEmotion.Vad;

/// <summary>
/// Power spectrum of one real frame through a complex FFT of half the length (radix 2, decimation in time). The spectrum of the
/// features transforms one frame per vector lane; voice activity is decided frame by frame.
/// </summary>
internal sealed class RealSpectrum
{
    private readonly int points;
    private readonly int[] order;
    private readonly float[] cosines, sines; // of the angle −2πk / length
    private readonly float[] re, im;

    /// <param name="length">FFT length in samples, a power of two, at least 4.</param>
    public RealSpectrum(int length)
    {
        Length = length;
        points = length / 2;
        order = new int[points];
        int bits = int.Log2(points);
        for (int i = 1; i < points; i++)
            order[i] = (order[i >> 1] >> 1) | ((i & 1) << (bits - 1));
        cosines = new float[points];
        sines = new float[points];
        for (int k = 0; k < points; k++)
        {
            (double sin, double cos) = Math.SinCos(-2 * Math.PI * k / length);
            (cosines[k], sines[k]) = ((float)cos, (float)sin);
        }
        re = new float[points];
        im = new float[points];
    }

    /// <summary>FFT length in samples.</summary>
    public int Length { get; }

    /// <summary>Number of bins from 0 Hz to half the sample rate.</summary>
    public int Bins => points + 1;

    /// <summary>Computes the power of each of <see cref="Bins"/> bins of a windowed frame of <see cref="Length"/> samples.</summary>
    public void Power(ReadOnlySpan<float> frame, Span<float> power)
    {
        for (int i = 0; i < points; i++)
        {
            re[order[i]] = frame[2 * i];
            im[order[i]] = frame[(2 * i) + 1];
        }
        Transform();
        power[0] = (re[0] + im[0]) * (re[0] + im[0]);
        power[points] = (re[0] - im[0]) * (re[0] - im[0]);
        for (int k = 1; k < points; k++)
        {
            // Spectrum of the even samples plus the rotated spectrum of the odd samples.
            float er = (re[k] + re[points - k]) / 2, ei = (im[k] - im[points - k]) / 2;
            float or = (im[k] + im[points - k]) / 2, oi = (re[points - k] - re[k]) / 2;
            float xr = er + (or * cosines[k]) - (oi * sines[k]), xi = ei + (or * sines[k]) + (oi * cosines[k]);
            power[k] = (xr * xr) + (xi * xi);
        }
    }

    private void Transform()
    {
        for (int size = 2; size <= points; size *= 2)
        {
            int half = size / 2, step = Length / size;
            for (int start = 0; start < points; start += size)
                for (int k = 0; k < half; k++)
                {
                    int a = start + k, b = a + half;
                    float c = cosines[k * step], s = sines[k * step];
                    float tr = (re[b] * c) - (im[b] * s), ti = (re[b] * s) + (im[b] * c);
                    (re[b], im[b]) = (re[a] - tr, im[a] - ti);
                    (re[a], im[a]) = (re[a] + tr, im[a] + ti);
                }
        }
    }
}
