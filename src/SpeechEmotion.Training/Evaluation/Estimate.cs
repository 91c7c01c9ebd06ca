using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>A metric with its uncertainty due to the choice of test speakers and test utterances.</summary>
/// <param name="Value">The metric on the test utterances themselves.</param>
/// <param name="Ci95">
/// 95 % bootstrap percentile interval over utterances (Efron 1979): for other utterances of the same speakers.
/// </param>
public sealed record Estimate(double Value, Interval Ci95)
{
    /// <summary>
    /// 95 % interval over speakers, for other speakers: Student's t on the jackknife pseudo-values of the speakers (Tukey 1958); null with
    /// fewer than three speakers, or where not all are known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Ci95Speakers { get; init; }

    /// <summary>
    /// 95 % score interval (Wilson 1927); null for a metric that is not a proportion. It has a width even without misclassifications,
    /// where a bootstrap interval collapses to a point.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Wilson95 { get; init; }
}
