namespace SpeechEmotion.Audio;

/// <summary>The recent past of a stream, addressed by sample number from the stream's beginning.</summary>
internal sealed class SampleHistory
{
    private float[] samples = new float[1 << 14];
    private int used;

    /// <summary>Number of the first sample still there.</summary>
    public long Start { get; private set; }

    /// <summary>Number of samples that the stream had so far.</summary>
    public long End => Start + used;

    /// <summary>Room for so many more samples, to be filled by the caller at once.</summary>
    public Span<float> Append(int count)
    {
        if (used + count > samples.Length)
            Array.Resize(ref samples, Math.Max(used + count, 2 * samples.Length));
        used += count;
        return samples.AsSpan(used - count, count);
    }

    /// <summary>Samples from one number to before another.</summary>
    public ReadOnlySpan<float> this[long start, long end] => samples.AsSpan((int)(start - Start), (int)(end - start));

    /// <summary>Gives up what lies before a sample; memory is moved only when half of it is free.</summary>
    public void DropBefore(long oldest)
    {
        int free = (int)Math.Clamp(oldest - Start, 0, used);
        if (free < used - free)
            return;
        samples.AsSpan(free, used - free).CopyTo(samples);
        used -= free;
        Start += free;
    }
}
