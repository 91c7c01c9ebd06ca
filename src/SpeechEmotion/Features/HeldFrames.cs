namespace SpeechEmotion.Features;

/// <summary>The last frames of a stream, [rows, capacity], addressed by frame number from the stream's beginning.</summary>
internal sealed class HeldFrames(int rows, int capacity)
{
    private readonly float[] values = new float[rows * capacity];
    private long start;
    private int count;

    /// <summary>Number of the frame behind the last.</summary>
    public long End => start + count;

    /// <summary>Adds frames [rows, frames] and gives up those before <paramref name="oldest"/>.</summary>
    public void Append(ReadOnlySpan<float> frames, int added, long oldest)
    {
        int free = (int)Math.Clamp(oldest - start, 0, count);
        for (int row = 0; row < rows; row++)
        {
            Span<float> held = values.AsSpan(row * capacity, capacity);
            held[free..count].CopyTo(held);
            frames.Slice(row * added, added).CopyTo(held[(count - free)..]);
        }
        start += free;
        count += added - free;
    }

    /// <summary>One row from a frame to before another.</summary>
    public ReadOnlySpan<float> Row(int row, long from, long to) => values.AsSpan(row * capacity + (int)(from - start), (int)(to - from));
}
