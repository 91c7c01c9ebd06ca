namespace SpeechEmotion.Features;

/// <summary>Four statistics of a feature over time, for display.</summary>
/// <param name="Mean">Mean over the frames.</param>
/// <param name="StandardDeviation">Standard deviation over the frames, with divisor n as <c>numpy.std</c>.</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value.</param>
public readonly record struct FeatureStatistics(double Mean, double StandardDeviation, float Low, float High)
{
    /// <summary>Names of the statistics, in the order of <see cref="Values"/>.</summary>
    public static readonly string[] Names = ["mean", "sd", "min", "max"];

    /// <summary>The four statistics.</summary>
    public IEnumerable<double> Values => [Mean, StandardDeviation, Low, High];

    /// <summary>Computes the statistics of at least one value: of a row, or of several rows of one kind.</summary>
    public static FeatureStatistics Compute(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (float value in values)
        {
            sum += value;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        double mean = sum / values.Length;
        foreach (float value in values)
            squares += (value - mean) * (value - mean);
        return new FeatureStatistics(mean, Math.Sqrt(squares / values.Length), low, high);
    }
}
