using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>A metric with its uncertainty due to the choice of test utterances.</summary>
/// <param name="Value">The metric on the test utterances themselves.</param>
/// <param name="Ci95">95 % bootstrap percentile interval over utterances.</param>
public sealed record Estimate(double Value, Interval Ci95)
{
    /// <summary>95 % bootstrap percentile interval over whole speakers; null with fewer than five of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Ci95Speakers { get; init; }

    /// <summary>
    /// 95 % score interval (Wilson 1927); null for a metric that is not a proportion. It has a width even without misclassifications,
    /// where a bootstrap interval collapses to a point.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Wilson95 { get; init; }
}
