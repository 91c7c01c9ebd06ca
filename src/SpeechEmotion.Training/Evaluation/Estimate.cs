using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>A figure and how far chance in the choice of test cases could have moved it.</summary>
/// <param name="Value">The figure on the test utterances themselves.</param>
/// <param name="Ci95">95 % bootstrap percentile interval over utterances.</param>
public sealed record Estimate(double Value, Interval Ci95)
{
    /// <summary>95 % bootstrap percentile interval over whole speakers; null with fewer than five of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Ci95Speakers { get; init; }

    /// <summary>
    /// 95 % score interval (Wilson 1927), for a plain share only. A bootstrap of a test without a mistake knows no mistake
    /// and collapses to a point; this one does not.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? Wilson95 { get; init; }
}
