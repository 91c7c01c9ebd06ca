using System.Globalization;

namespace SpeechEmotion.Evaluation;

/// <summary>The method of each 95 % interval in a report, by the key under which the interval stands.</summary>
public sealed record IntervalMethods
{
    private static readonly string Resamples = Bootstrap.Resamples.ToString("N0", CultureInfo.InvariantCulture) + " resamples";

    /// <summary>Method of the intervals over speakers; see <see cref="Estimate.Ci95Speakers"/>.</summary>
    public string Ci95Speakers { get; init; } = "Student's t on jackknife pseudo-values (Tukey 1958)";

    /// <summary>Method of the intervals over utterances; see <see cref="Estimate.Ci95"/>.</summary>
    public string Ci95 { get; init; } = $"percentile bootstrap (Efron 1979), {Resamples}";

    /// <summary>Method of the second interval over utterances of the accuracy; see <see cref="Estimate.Wilson95"/>.</summary>
    public string Wilson95 { get; init; } = "Score interval (Wilson 1927)";

    /// <summary>Method of the interval over utterances of the recall of a class; see <see cref="ClassMetrics.RecallWilson95"/>.</summary>
    public string RecallWilson95 { get; init; } = "Score interval (Wilson 1927)";

    /// <summary>Method of the interval over utterances of <see cref="Calibration.EceDebiased"/>.</summary>
    public string EceDebiased { get; init; } = $"bootstrap percentiles without the bias of the resamples, {Resamples}";
}
