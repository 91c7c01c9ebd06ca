using MathNet.Numerics.Distributions;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// Intervals over speakers from the delete-one-speaker jackknife: Student's t on the pseudo-values G·θ − (G − 1)·θ₋ᵍ of the G speakers,
/// where θ is the metric on all utterances and θ₋ᵍ the metric without those of speaker g (Tukey 1958).
/// </summary>
/// <remarks>
/// Utterances of a speaker are not independent, so the speakers are the cases. For a mean over speakers with equally many utterances the
/// pseudo-values are the speakers' own means and the interval is the usual one of Student's t. Unlike percentiles of resampled speakers,
/// it keeps its coverage with few speakers; <c>docs/statistics.md</c> gives the measured coverage of both.
/// </remarks>
internal static class Jackknife
{
    /// <summary>Smallest number of speakers for which an interval is computed: with two, it would span nearly all values.</summary>
    public const int MinSpeakers = 3;

    /// <summary>The interval around a metric, limited to 0 to <paramref name="max"/>.</summary>
    /// <param name="value">The metric on all utterances.</param>
    /// <param name="without">The metric without the utterances of one speaker, for each speaker.</param>
    /// <param name="max">Largest possible value of the metric.</param>
    public static Interval Interval(double value, IReadOnlyCollection<double> without, double max = 1)
    {
        int speakers = without.Count;
        double centre = without.Average();
        // The pseudo-values differ from their mean by (G − 1) times the difference of the metrics, and their mean has a G-th of their
        // variance.
        double variance = without.Sum(each => (each - centre) * (each - centre)) * (speakers - 1) / speakers;
        double half = StudentT.InvCDF(0, 1, speakers - 1, 0.975) * Math.Sqrt(variance);
        return new Interval(Math.Max(0, value - half), Math.Min(max, value + half));
    }

    /// <summary>Intervals of accuracy, UAR and macro F1.</summary>
    /// <param name="all">The matrix of all utterances.</param>
    /// <param name="speakers">The matrix of each speaker; they add up to <paramref name="all"/>.</param>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) Intervals(
        ConfusionMatrix all, IReadOnlyCollection<ConfusionMatrix> speakers)
    {
        int[] counts = new int[all.Counts.Length];
        Scores[] without = [.. speakers.Select(speaker =>
        {
            for (int cell = 0; cell < counts.Length; cell++)
                counts[cell] = all.Counts[cell] - speaker.Counts[cell];
            return Scores.Compute(counts, all.Labels.Count);
        })];
        return (
            Interval(all.Scores.Accuracy, [.. without.Select(scores => scores.Accuracy)]),
            Interval(all.Scores.Uar, [.. without.Select(scores => scores.Uar)]),
            Interval(all.Scores.MacroF1, [.. without.Select(scores => scores.MacroF1)]));
    }
}
