namespace SpeechEmotion.Evaluation;

/// <summary>Everything that is computed from the judgements of one test.</summary>
public sealed record Metrics
{
    /// <summary>How many of the most confident mistakes are kept.</summary>
    public const int MaxMisclassifications = 20;

    /// <summary>How often each emotion was taken for each.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Share of utterances that were recognised.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>Unweighted average recall: mean recall of the classes that occur.</summary>
    public required Estimate Uar { get; init; }

    /// <summary>Mean F1 of the classes that occur or were predicted.</summary>
    public required Estimate MacroF1 { get; init; }

    /// <summary>Figures by label, in label order.</summary>
    public required IReadOnlyDictionary<string, ClassMetrics> PerClass { get; init; }

    /// <summary>Figures by speaker, in order of name; utterances without a speaker are left out.</summary>
    public required IReadOnlyDictionary<string, SpeakerMetrics> PerSpeaker { get; init; }

    /// <summary>Calibration of the confidences.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The most confident mistakes, worst first.</summary>
    public required IReadOnlyList<Misclassification> Misclassifications { get; init; }

    /// <summary>Computes all figures. Same judgements in any order and same seed give the same intervals.</summary>
    /// <param name="labels">The model's labels, in its order.</param>
    /// <param name="scoredUtterances">The utterances that count.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="repeated">Whether utterances were judged by several models: the intervals then take what has one path as one case.</param>
    /// <exception cref="ArgumentException">There is no utterance, or one with a label that is not in <paramref name="labels"/>.</exception>
    public static Metrics Compute(IReadOnlyList<string> labels, IReadOnlyCollection<ScoredUtterance> scoredUtterances, int seed, bool repeated = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        if (scoredUtterances.Count == 0)
            throw new ArgumentException("no utterance to evaluate: none has a label that the model knows", nameof(scoredUtterances));
        ConfusionMatrix matrix = ConfusionMatrix.From(labels, scoredUtterances);
        SortedDictionary<string, ConfusionMatrix> speakers = new(StringComparer.Ordinal);
        foreach (IGrouping<string, ScoredUtterance> group in scoredUtterances.Where(j => j.Speaker.Length > 0).GroupBy(j => j.Speaker))
            speakers[group.Key] = ConfusionMatrix.From(labels, group);

        Scores scores = matrix.Scores;
        int[][] cells = repeated ? [.. scoredUtterances.GroupBy(j => j.Path).Select(same => same.Select(matrix.FindCell).Order().ToArray()).OrderBy(same => string.Join(' ', same))] : [];
        var utterances = repeated ? Bootstrap.OverRepeatedUtterances(cells, labels.Count, seed) : Bootstrap.OverUtterances(matrix, seed);
        // An interval over speakers needs every utterance to have one: otherwise it would be of another figure.
        bool bySpeaker = speakers.Count >= Bootstrap.MinSpeakers && speakers.Values.Sum(s => s.Total) == matrix.Total;
        var overSpeakers = bySpeaker ? Bootstrap.OverSpeakers([.. speakers.Values], seed) : default;
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
                labels.Select((label, i) => KeyValuePair.Create(label, matrix.ComputeClassMetrics(i)))),
            PerSpeaker = new OrderedDictionary<string, SpeakerMetrics>(speakers.Select(pair => KeyValuePair.Create(
                pair.Key, new SpeakerMetrics(pair.Value.Scores.Accuracy, pair.Value.Scores.Uar, pair.Value.Total)))),
            Calibration = Calibration.Compute(labels, scoredUtterances),
            Misclassifications = Misclassification.WorstFirst(labels, scoredUtterances, MaxMisclassifications),
        };
    }
}
