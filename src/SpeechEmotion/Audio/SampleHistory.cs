namespace SpeechEmotion.Audio;

/// <summary>The most recent samples of a stream, addressed by their number from the beginning of the stream.</summary>
internal sealed class SampleHistory
{
    private float[] samples = new float[1 << 14];
    private int used;

    /// <summary>Number of the first sample that is kept.</summary>
    public long Start { get; private set; }

    /// <summary>Number of samples of the stream so far.</summary>
    public long End => Start + used;

    /// <summary>Discards all samples; the next one appended has the number <paramref name="first"/>.</summary>
    public void Restart(long first) => (Start, used) = (first, 0);

    /// <summary>Appends a number of samples and returns the space for them, which the caller fills immediately.</summary>
    public Span<float> Append(int count)
    {
        if (used + count > samples.Length)
            Array.Resize(ref samples, Math.Max(used + count, 2 * samples.Length));
        used += count;
        return samples.AsSpan(used - count, count);
    }

    /// <summary>Samples from number <paramref name="start"/> to before number <paramref name="end"/>.</summary>
    public ReadOnlySpan<float> this[long start, long end] => samples.AsSpan((int)(start - Start), (int)(end - start));

    /// <summary>Discards samples before a given one. Samples are moved in memory only if at least half can be discarded.</summary>
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
