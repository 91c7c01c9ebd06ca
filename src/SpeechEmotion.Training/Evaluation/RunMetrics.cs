using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>The figures of one run among several: of a fold, or of all that one seed gave.</summary>
/// <param name="Name">Its folder, relative to that of the pooled report.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Accuracy">Share of its test utterances that were recognised.</param>
/// <param name="Uar">Mean recall of the classes that occur among them.</param>
/// <param name="MacroF1">Mean F1 of the classes that occur or were predicted.</param>
/// <param name="Utterances">How many tested.</param>
/// <param name="TrainingSeconds">Wall time of its training, for all that one seed gave the sum of them.</param>
public sealed record RunMetrics(
    string Name, int Seed, double Accuracy, double Uar, double MacroF1, int Utterances, double TrainingSeconds)
{
    /// <summary>Which fold tested, from 1; null for a run that is no fold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Fold { get; init; }
}

/// <summary>How one figure differs between runs.</summary>
/// <param name="Mean">Mean over the runs, each with the same weight.</param>
/// <param name="StandardDeviation">Standard deviation with n − 1; 0 for one run.</param>
/// <param name="Min">The lowest.</param>
/// <param name="Max">The highest.</param>
public sealed record Spread(double Mean, double StandardDeviation, double Min, double Max)
{
    /// <summary>The spread of at least one value.</summary>
    public static Spread Compute(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new Spread(mean, values.Count > 1 ? Math.Sqrt(squares / (values.Count - 1)) : 0, values.Min(), values.Max());
    }
}

/// <summary>How the headline figures differ between runs.</summary>
/// <param name="Accuracy">Of the accuracies.</param>
/// <param name="Uar">Of the unweighted average recalls.</param>
/// <param name="MacroF1">Of the mean F1s.</param>
public sealed record MetricSpreads(Spread Accuracy, Spread Uar, Spread MacroF1)
{
    /// <summary>The spreads over at least one run.</summary>
    public static MetricSpreads Compute(IReadOnlyCollection<RunMetrics> runs) => new(
        Spread.Compute([.. runs.Select(run => run.Accuracy)]),
        Spread.Compute([.. runs.Select(run => run.Uar)]),
        Spread.Compute([.. runs.Select(run => run.MacroF1)]));
}

/// <summary>The runs behind a pooled report, and how much they differ.</summary>
public sealed record PooledRuns
{
    /// <summary>Every fold, of every seed; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunMetrics>? Folds { get; init; }

    /// <summary>Spread over the folds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MetricSpreads? OverFolds { get; init; }

    /// <summary>What each seed gave, its folds pooled; null with one seed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunMetrics>? Seeds { get; init; }

    /// <summary>Spread over the seeds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MetricSpreads? OverSeeds { get; init; }
}
