namespace SpeechEmotion.Features;

/// <summary>A feature over time, in four numbers.</summary>
/// <param name="Mean">Mean over the frames.</param>
/// <param name="StandardDeviation">Standard deviation over the frames (divided by their number, as NumPy's <c>std</c>).</param>
/// <param name="Low">Smallest value.</param>
/// <param name="High">Largest value.</param>
internal readonly record struct FeatureStatistics(double Mean, double StandardDeviation, float Low, float High)
{
    /// <summary>Names of the numbers, in the order of <see cref="Values"/>.</summary>
    public static readonly string[] Names = ["mean", "sd", "min", "max"];

    /// <summary>The numbers.</summary>
    public IEnumerable<double> Values => [Mean, StandardDeviation, Low, High];

    /// <summary>Of at least one value: a row, or several rows of one kind.</summary>
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
