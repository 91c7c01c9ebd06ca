using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation.Robustness;

/// <summary>
/// The metrics of one test under one recording condition, without enrolment, beside those of the same utterances as recorded. Of a
/// condition that was skipped, only its name and the reason are given.
/// </summary>
/// <param name="Condition">Name of the condition.</param>
public sealed record RobustnessMetrics(string Condition)
{
    /// <summary>Why the condition was not measured; null if it was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Skipped { get; init; }

    /// <summary>Number of utterances; 0 if the condition was skipped.</summary>
    public int Utterances { get; init; }

    /// <summary>Unweighted average recall under the condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Estimate? Uar { get; init; }

    /// <summary>Share of utterances that were recognised under the condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Accuracy { get; init; }

    /// <summary>Share of utterances whose predicted label is the same as without the disturbance, right or wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Unchanged { get; init; }

    /// <summary>Share of utterances that are recognised as recorded, but not under the condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Lost { get; init; }

    /// <summary>Share of utterances that are recognised under the condition, but not as recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Gained { get; init; }

    /// <summary>Mean probability of the predicted label under the condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MeanConfidence { get; init; }

    /// <summary>The same utterances as recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CleanMetrics? Clean { get; init; }

    /// <summary>Counts under the condition [labels, labels], rows = true labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; init; }

    /// <summary>Compares predictions under a condition with those as recorded.</summary>
    /// <param name="condition">Name of the condition.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="clean">The predictions as recorded, and <paramref name="before"/>, their metrics.</param>
    /// <param name="before">See <paramref name="clean"/>.</param>
    /// <param name="disturbed">The predictions for the same utterances in the same order.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    internal static RobustnessMetrics Compute(
        string condition, IReadOnlyList<string> labels, IReadOnlyList<ScoredUtterance> clean, CleanMetrics before,
        IReadOnlyList<ScoredUtterance> disturbed, int seed)
    {
        Metrics after = Metrics.Compute(labels, disturbed, seed);
        double Share(Func<ScoredUtterance, ScoredUtterance, bool> holds) => clean.Zip(disturbed, holds).Average(yes => yes ? 1.0 : 0);
        return new RobustnessMetrics(condition)
        {
            Utterances = disturbed.Count,
            Uar = after.Uar,
            Accuracy = after.Accuracy.Value,
            Unchanged = Share((was, now) => was.Predicted == now.Predicted),
            Lost = Share((was, now) => was.IsCorrect && !now.IsCorrect),
            Gained = Share((was, now) => !was.IsCorrect && now.IsCorrect),
            MeanConfidence = disturbed.Average(scored => (double)scored.Confidence),
            Clean = before,
            Confusion = [.. Enumerable.Range(0, labels.Count).Select(after.Confusion.Row)],
        };
    }
}

/// <summary>The metrics of utterances as recorded.</summary>
/// <param name="Uar">Unweighted average recall.</param>
/// <param name="Accuracy">Share of utterances that were recognised.</param>
/// <param name="MeanConfidence">Mean probability of the predicted label.</param>
public sealed record CleanMetrics(Estimate Uar, double Accuracy, double MeanConfidence)
{
    /// <summary>The metrics of predictions.</summary>
    internal static CleanMetrics Compute(IReadOnlyList<string> labels, IReadOnlyList<ScoredUtterance> scored, int seed)
    {
        Metrics metrics = Metrics.Compute(labels, scored, seed);
        return new CleanMetrics(metrics.Uar, metrics.Accuracy.Value, scored.Average(each => (double)each.Confidence));
    }
}
