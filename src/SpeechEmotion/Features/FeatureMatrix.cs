namespace SpeechEmotion.Features;

/// <summary>Features of one clip: [features, frames], row-major.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Wraps an array of values, which is not copied.</summary>
    /// <exception cref="ArgumentException">The length of the array is not features × frames.</exception>
    public FeatureMatrix(float[] values, int features, int frames)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)features * frames)
            throw new ArgumentException($"{values.Length} values are not {features} features × {frames} frames", nameof(values));
        Values = values;
        Features = features;
        Frames = frames;
    }

    /// <summary>All values, row-major.</summary>
    public float[] Values { get; }

    /// <summary>Number of features (rows).</summary>
    public int Features { get; }

    /// <summary>Number of frames (columns).</summary>
    public int Frames { get; }

    /// <summary>Values of one feature over time: [frames].</summary>
    public Span<float> Row(int feature) => Values.AsSpan(feature * Frames, Frames);
}
