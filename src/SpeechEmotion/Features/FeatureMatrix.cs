namespace SpeechEmotion.Features;

/// <summary>Features of one clip: [features, frames], row-major.</summary>
public sealed class FeatureMatrix
{
    /// <summary>Wraps values; the array is not copied.</summary>
    /// <exception cref="ArgumentException">The array does not hold features × frames values.</exception>
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

    /// <summary>Number of rows.</summary>
    public int Features { get; }

    /// <summary>Number of columns, one per frame.</summary>
    public int Frames { get; }

    /// <summary>One feature over time.</summary>
    public Span<float> Row(int feature) => Values.AsSpan(feature * Frames, Frames);
}
