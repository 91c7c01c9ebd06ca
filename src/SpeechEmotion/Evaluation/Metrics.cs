namespace SpeechEmotion.Evaluation;

/// <summary>Everything that is computed from the judgements of one test.</summary>
public sealed record Metrics
{
    /// <summary>How many of the most confident mistakes are kept.</summary>
    public const int MistakesKept = 20;

    /// <summary>How often each emotion was taken for each.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Share of utterances that were recognised.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>Unweighted average recall: mean recall of the classes that occur.</summary>
    public required Estimate Uar { get; init; }

    /// <summary>Mean F1 of the classes that occur or were predicted.</summary>
    public required Estimate MacroF1 { get; init; }

    /// <summary>Figures by label, in label order.</summary>
    public required IReadOnlyDictionary<string, ClassFigures> PerClass { get; init; }

    /// <summary>Figures by speaker, in order of name; utterances without a speaker are left out.</summary>
    public required IReadOnlyDictionary<string, SpeakerFigures> PerSpeaker { get; init; }

    /// <summary>Calibration of the confidences.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>The most confident mistakes, worst first.</summary>
    public required IReadOnlyList<Mistake> Mistakes { get; init; }

    /// <summary>Computes all figures. Same judgements in any order and same seed give the same intervals.</summary>
    /// <param name="labels">The model's labels, in its order.</param>
    /// <param name="judgements">The utterances that count.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="judgedAgain">Whether utterances were judged by several models: the intervals then take what has one path as one case.</param>
    /// <exception cref="ArgumentException">There is no utterance, or one with a label that is not in <paramref name="labels"/>.</exception>
    public static Metrics Of(IReadOnlyList<string> labels, IReadOnlyCollection<Judgement> judgements, int seed, bool judgedAgain = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(judgements);
        if (judgements.Count == 0)
            throw new ArgumentException("no utterance to evaluate: none has a label that the model knows", nameof(judgements));
        ConfusionMatrix matrix = ConfusionMatrix.Of(labels, judgements);
        SortedDictionary<string, ConfusionMatrix> speakers = new(StringComparer.Ordinal);
        foreach (IGrouping<string, Judgement> group in judgements.Where(j => j.Speaker.Length > 0).GroupBy(j => j.Speaker))
            speakers[group.Key] = ConfusionMatrix.Of(labels, group);

        Scores scores = matrix.Scores;
        int[][] cells = judgedAgain ? [.. judgements.GroupBy(j => j.Path).Select(same => same.Select(matrix.CellOf).Order().ToArray()).OrderBy(same => string.Join(' ', same))] : [];
        var utterances = judgedAgain ? Bootstrap.OverJudgedAgain(cells, labels.Count, seed) : Bootstrap.OverUtterances(matrix, seed);
        // An interval over speakers needs every utterance to have one: otherwise it would be of another figure.
        bool bySpeaker = speakers.Count >= Bootstrap.FewestSpeakers && speakers.Values.Sum(s => s.Total) == matrix.Total;
        var voices = bySpeaker ? Bootstrap.OverSpeakers([.. speakers.Values], seed) : default;
        Interval? Voices(Interval interval) => bySpeaker ? interval : null;

        return new Metrics
        {
            Confusion = matrix,
            Accuracy = new Estimate(scores.Accuracy, utterances.Accuracy)
            {
                Ci95Speakers = Voices(voices.Accuracy),
                Wilson95 = Interval.Wilson(scores.Accuracy, judgedAgain ? cells.Length : matrix.Total),
            },
            Uar = new Estimate(scores.Uar, utterances.Uar) { Ci95Speakers = Voices(voices.Uar) },
            MacroF1 = new Estimate(scores.MacroF1, utterances.MacroF1) { Ci95Speakers = Voices(voices.MacroF1) },
            PerClass = new OrderedDictionary<string, ClassFigures>(
                labels.Select((label, i) => KeyValuePair.Create(label, matrix.Figures(i)))),
            PerSpeaker = new OrderedDictionary<string, SpeakerFigures>(speakers.Select(pair => KeyValuePair.Create(
                pair.Key, new SpeakerFigures(pair.Value.Scores.Accuracy, pair.Value.Scores.Uar, pair.Value.Total)))),
            Calibration = Calibration.Of(labels, judgements),
            Mistakes = Mistake.Worst(labels, judgements, MistakesKept),
        };
    }
}
