namespace SpeechEmotion.Features;

/// <summary>Frequencies and powers of the spectral peaks of a clip, in buffers that are reused.</summary>
internal sealed class TuningPeaks
{
    private const int MaxKept = 1 << 18; // peaks in the buffers that are kept between clips

    private float[] hertz = [];
    private float[] power = [];
    private float[] sorted = [];

    public int Count { get; private set; }

    public ReadOnlySpan<float> Hertz => hertz.AsSpan(0, Count);

    public ReadOnlySpan<float> Power => power.AsSpan(0, Count);

    public void Add(float frequency, float height)
    {
        if (Count == hertz.Length)
        {
            int length = Math.Max(1024, 2 * Count);
            Array.Resize(ref hertz, length);
            Array.Resize(ref power, length);
            sorted = new float[length];
        }
        hertz[Count] = frequency;
        power[Count++] = height;
    }

    /// <summary>Median of the powers; for an even number the mean of the middle two. There must be at least one peak.</summary>
    public float MedianPower()
    {
        Span<float> copy = sorted.AsSpan(0, Count);
        Power.CopyTo(copy);
        copy.Sort();
        int middle = Count / 2;
        return Count % 2 == 1 ? copy[middle] : (copy[middle - 1] + copy[middle]) / 2;
    }

    /// <summary>Removes the peaks, and frees the buffers of an unusually long clip.</summary>
    public void Clear()
    {
        Count = 0;
        if (hertz.Length > MaxKept)
            hertz = power = sorted = [];
    }
}
