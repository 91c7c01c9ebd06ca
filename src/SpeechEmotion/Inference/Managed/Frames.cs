namespace SpeechEmotion.Inference.Managed;

/// <summary>Values of several channels over time: [channels, frames], row-major.</summary>
internal readonly struct Frames(int channels, int count, float[] values)
{
    public Frames(int channels, int count)
        : this(channels, count, new float[channels * count])
    {
    }

    public int Channels { get; } = channels;

    /// <summary>Number of frames.</summary>
    public int Count { get; } = count;

    public float[] Values { get; } = values;

    /// <summary>One channel over all frames.</summary>
    public Span<float> Row(int channel) => Values.AsSpan(channel * Count, Count);
}
