using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>The metrics of one of several runs: of a fold, or of all folds of one seed.</summary>
/// <param name="Name">Folder of the run, relative to that of the pooled report.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Accuracy">Share of its test utterances that were recognised.</param>
/// <param name="Uar">Unweighted average recall: mean recall of the classes that occur.</param>
/// <param name="MacroF1">Mean F1 of the classes that occur or were predicted.</param>
/// <param name="Utterances">Number of test utterances.</param>
/// <param name="TrainingSeconds">Wall time of the training in seconds, summed over the folds of a seed.</param>
public sealed record RunMetrics(
    string Name, int Seed, double Accuracy, double Uar, double MacroF1, int Utterances, double TrainingSeconds)
{
    /// <summary>Number of the fold that is the test part, from 1; null for a run that is not a fold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Fold { get; init; }

    /// <summary>Name of the corpus that is the test part, with <c>Split.By = corpus</c>; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corpus { get; init; }

    /// <summary>
    /// Expected calibration error without enrolment and without its part due to chance; null in a report of an older version.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EceDebiased { get; init; }

    /// <summary>Unweighted average recall by seconds of enrolment; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? EnrolledUar { get; init; }
}

/// <summary>The distribution of one metric over several runs.</summary>
/// <param name="Mean">Mean over the runs, each with the same weight.</param>
/// <param name="StandardDeviation">Standard deviation with n − 1; 0 for one run.</param>
/// <param name="Min">Lowest value.</param>
/// <param name="Max">Highest value.</param>
public sealed record Spread(double Mean, double StandardDeviation, double Min, double Max)
{
    /// <summary>The spread of at least one value.</summary>
    internal static Spread Compute(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Spread(mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : 0, values.Min(), values.Max());
    }
}

/// <summary>The distributions of the main metrics over several runs.</summary>
/// <param name="Accuracy">Distribution of the accuracy.</param>
/// <param name="Uar">Distribution of the unweighted average recall.</param>
/// <param name="MacroF1">Distribution of the macro F1.</param>
public sealed record MetricSpreads(Spread Accuracy, Spread Uar, Spread MacroF1)
{
    /// <summary>Distribution of <see cref="RunMetrics.EceDebiased"/>; null where a run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Spread? EceDebiased { get; init; }

    /// <summary>Distribution of <see cref="RunMetrics.EnrolledUar"/>; null where a run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, Spread>? EnrolledUar { get; init; }

    /// <summary>The spreads over at least one run.</summary>
    internal static MetricSpreads Compute(IReadOnlyCollection<RunMetrics> runs) => new(
        Spread.Compute([.. runs.Select(run => run.Accuracy)]),
        Spread.Compute([.. runs.Select(run => run.Uar)]),
        Spread.Compute([.. runs.Select(run => run.MacroF1)]))
    {
        EceDebiased = runs.All(run => run.EceDebiased is not null) ? Spread.Compute([.. runs.Select(run => run.EceDebiased!.Value)]) : null,
        EnrolledUar = runs.All(run => run.EnrolledUar is not null)
            ? runs.First().EnrolledUar!.Keys
                .Where(seconds => runs.All(run => run.EnrolledUar!.ContainsKey(seconds)))
                .ToDictionary(seconds => seconds, seconds => Spread.Compute([.. runs.Select(run => run.EnrolledUar![seconds])]))
            : null,
    };
}

/// <summary>The runs behind a pooled report, and the spread of their metrics.</summary>
public sealed record PooledRuns
{
    /// <summary>Every fold of every seed; null without folds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunMetrics>? Folds { get; init; }

    /// <summary>Spread over the folds; null without folds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MetricSpreads? OverFolds { get; init; }

    /// <summary>The metrics of each seed, with its folds pooled; null with one seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunMetrics>? Seeds { get; init; }

    /// <summary>Spread over the seeds; null with one seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MetricSpreads? OverSeeds { get; init; }
}
