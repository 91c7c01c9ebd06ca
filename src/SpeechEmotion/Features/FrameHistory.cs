namespace SpeechEmotion.Features;

/// <summary>The most recent frames of a stream: [rows, capacity], addressed by their number from the beginning of the stream.</summary>
internal sealed class FrameHistory(int rows, int capacity)
{
    private readonly float[] values = new float[rows * capacity];
    private long start;
    private int count;

    /// <summary>Number of the frame after the last.</summary>
    public long End => start + count;

    /// <summary>Appends <paramref name="added"/> frames, [rows, added], and discards those before <paramref name="oldest"/>.</summary>
    public void Append(ReadOnlySpan<float> frames, int added, long oldest)
    {
        int free = (int)Math.Clamp(oldest - start, 0, count);
        for (int row = 0; row < rows; row++)
        {
            Span<float> kept = values.AsSpan(row * capacity, capacity);
            kept[free..count].CopyTo(kept);
            frames.Slice(row * added, added).CopyTo(kept[(count - free)..]);
        }
        start += free;
        count += added - free;
    }

    /// <summary>Values of one row from frame <paramref name="from"/> to before frame <paramref name="to"/>.</summary>
    public ReadOnlySpan<float> Row(int row, long from, long to) =>
        values.AsSpan(row * capacity + (int)(from - start), (int)(to - from));
}
