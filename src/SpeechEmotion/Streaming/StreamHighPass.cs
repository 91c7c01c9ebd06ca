using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Streaming;

/// <summary>
/// The high-pass filter of a stream. Its output depends on all samples before, so it keeps its state at points a tenth of a second apart:
/// a restored stream filters on from such a point.
/// </summary>
internal sealed class StreamHighPass(double cutoff, int sampleRate)
{
    private readonly HighPassFilter filter = new(cutoff, sampleRate);
    private readonly int spacing = Math.Max(1, sampleRate / 10);
    private readonly LinkedList<Point> points = new([new Point(0, default)]); // in ascending order
    private long position;

    /// <summary>Filters the next samples in place.</summary>
    public void Apply(Span<float> samples)
    {
        while (samples.Length > 0)
        {
            int count = (int)Math.Min(samples.Length, spacing - position % spacing);
            filter.Apply(samples[..count], samples[..count]);
            samples = samples[count..];
            position += count;
            if (position % spacing == 0)
                points.AddLast(new Point(position, filter.State));
        }
    }

    /// <summary>The last point at or before a sample that is not dropped.</summary>
    public long PointBefore(long sample) => Find(sample).Position;

    /// <summary>Drops the points before the last one at or before <paramref name="oldest"/>.</summary>
    public void DropBefore(long oldest)
    {
        while (points.First!.Next is { } next && next.Value.Position <= oldest)
            points.RemoveFirst();
    }

    /// <summary>Writes the point before a sample, or continues from the one read.</summary>
    public void Exchange(StateArchive state, long sample)
    {
        Point point = state.IsReading ? default : Find(sample);
        point = new Point(state.Exchange(point.Position),
            (state.Exchange(point.State.First), state.Exchange(point.State.Second), state.Exchange(point.State.HasBegun)));
        if (!state.IsReading)
            return;
        points.Clear();
        points.AddLast(point);
        (position, filter.State) = (point.Position, point.State);
    }

    private Point Find(long sample)
    {
        LinkedListNode<Point> node = points.Last!;
        while (node.Value.Position > sample && node.Previous is { } previous)
            node = previous;
        return node.Value;
    }

    private readonly record struct Point(long Position, (double First, double Second, bool HasBegun) State);
}
