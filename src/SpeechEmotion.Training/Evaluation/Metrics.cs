namespace SpeechEmotion.Evaluation;

/// <summary>All metrics that are computed from the predictions of one test.</summary>
public sealed record Metrics
{
    /// <summary>Largest number of misclassifications that are listed.</summary>
    internal const int MaxMisclassifications = 20;

    /// <summary>The confusion matrix.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Share of utterances that were recognised.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>Unweighted average recall: mean recall of the classes that occur.</summary>
    public required Estimate Uar { get; init; }

    /// <summary>Mean F1 of the classes that occur or were predicted.</summary>
    public required Estimate MacroF1 { get; init; }

    /// <summary>Metrics by label, in label order.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

    /// <summary>Metrics by speaker, in the order of their names; utterances without a speaker are left out.</summary>
    public required IReadOnlyDictionary<string, SpeakerMetrics> PerSpeaker { get; init; }

    /// <summary>Calibration of the confidences.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The misclassifications with the highest confidence, in descending order.</summary>
    public required IReadOnlyList<Misclassification> Misclassifications { get; init; }

    /// <summary>Computes all metrics. The same predictions in any order and the same seed give the same intervals.</summary>
    /// <param name="labels">The model's labels, in its order.</param>
    /// <param name="scoredUtterances">The utterances with their predictions.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="repeated">
    /// Whether several models classified the same utterances: the intervals then count the predictions of one path as one case.
    /// </param>
    /// <exception cref="ArgumentException">There is no utterance, or one with a label that is not in <paramref name="labels"/>.</exception>
    public static Metrics Compute(
        IReadOnlyList<string> labels, IReadOnlyCollection<ScoredUtterance> scoredUtterances, int seed, bool repeated = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        if (scoredUtterances.Count == 0)
            throw new ArgumentException("no utterance to evaluate: none has a label of the model", nameof(scoredUtterances));
        ConfusionMatrix matrix = ConfusionMatrix.From(labels, scoredUtterances);
        SortedDictionary<string, ConfusionMatrix> speakers = new(StringComparer.Ordinal);
        foreach (IGrouping<string, ScoredUtterance> group in scoredUtterances
            .Where(scored => scored.Speaker.Length > 0)
            .GroupBy(scored => scored.Speaker))
            speakers[group.Key] = ConfusionMatrix.From(labels, group);

        Scores scores = matrix.Scores;
        int[][] cells = !repeated ? [] : [.. scoredUtterances
            .GroupBy(scored => scored.Path)
            .Select(same => same.Select(matrix.FindCell).Order().ToArray())
            .OrderBy(same => string.Join(' ', same))];
        var utterances = repeated ? Bootstrap.OverRepeatedUtterances(cells, labels.Count, seed) : Bootstrap.OverUtterances(matrix, seed);
        // The interval over speakers requires a speaker for every utterance: otherwise it would cover other utterances than the metric.
        bool bySpeaker = speakers.Count >= Jackknife.MinSpeakers && speakers.Values.Sum(s => s.Total) == matrix.Total;
        var overSpeakers = bySpeaker ? Jackknife.Intervals(matrix, speakers.Values) : default;
        Interval? Speakers(Interval interval) => bySpeaker ? interval : null;

        return new Metrics
        {
            Confusion = matrix,
            Accuracy = new Estimate(scores.Accuracy, utterances.Accuracy)
            {
                Ci95Speakers = Speakers(overSpeakers.Accuracy),
                Wilson95 = Interval.Wilson(scores.Accuracy, repeated ? cells.Length : matrix.Total),
            },
            Uar = new Estimate(scores.Uar, utterances.Uar) { Ci95Speakers = Speakers(overSpeakers.Uar) },
            MacroF1 = new Estimate(scores.MacroF1, utterances.MacroF1) { Ci95Speakers = Speakers(overSpeakers.MacroF1) },
            PerClass = new OrderedDictionary<string, ClassMetrics>(
                labels.Select((label, i) => KeyValuePair.Create(label, ComputeClassMetrics(label, i)))),
            PerSpeaker = new OrderedDictionary<string, SpeakerMetrics>(speakers.Select(pair => KeyValuePair.Create(
                pair.Key, new SpeakerMetrics(pair.Value.Scores.Accuracy, pair.Value.Scores.Uar, pair.Value.Total)))),
            Calibration = Calibration.Compute(scoredUtterances, seed, repeated, bySpeaker),
            Misclassifications = Misclassification.WorstFirst(scoredUtterances, MaxMisclassifications),
        };

        ClassMetrics ComputeClassMetrics(string label, int index)
        {
            ClassMetrics metrics = matrix.ComputeClassMetrics(index);
            int cases = repeated
                ? scoredUtterances.Where(scored => scored.Truth == label).Select(scored => scored.Path).Distinct().Count()
                : metrics.Support;
            return cases == 0 ? metrics : metrics with { RecallWilson95 = Interval.Wilson(metrics.Recall, cases) };
        }
    }
}
