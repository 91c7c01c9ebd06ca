namespace SpeechEmotion.Features;

/// <summary>Frequencies and powers of a clip's spectral peaks, in room that is used again.</summary>
internal sealed class TuningPeaks
{
    private const int KeptPeaks = 1 << 18;

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

    /// <summary>Median of the powers, of an even number the mean of the middle two; there is at least one.</summary>
    public float MedianPower()
    {
        Span<float> copy = sorted.AsSpan(0, Count);
        Power.CopyTo(copy);
        copy.Sort();
        int middle = Count / 2;
        return Count % 2 == 1 ? copy[middle] : (copy[middle - 1] + copy[middle]) / 2;
    }

    /// <summary>Forgets the peaks, and the room too when a long recording needed it.</summary>
    public void Clear()
    {
        Count = 0;
        if (hertz.Length > KeptPeaks)
            hertz = power = sorted = [];
    }
}
