namespace SpeechEmotion.Evaluation;

/// <summary>The number of utterances for each pair of true label (row) and predicted label (column).</summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts; // [labels, labels], row-major
    private readonly Dictionary<string, int> _index;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="labels">The labels, in the order of rows and columns.</param>
    /// <exception cref="ArgumentException">There is no label, or one occurs twice.</exception>
    public ConfusionMatrix(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count == 0)
            throw new ArgumentException("a confusion matrix needs at least one label", nameof(labels));
        Labels = [.. labels];
        _counts = new int[labels.Count * labels.Count];
        _index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string label in labels)
            if (!_index.TryAdd(label, _index.Count))
                throw new ArgumentException($"label '{label}' occurs twice", nameof(labels));
    }

    /// <summary>The labels, in the order of rows and columns.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Number of utterances counted.</summary>
    public int Total { get; private set; }

    /// <summary>
    /// Number of utterances with the true label <paramref name="truth"/> that were predicted as <paramref name="predicted"/>.
    /// </summary>
    public int this[int truth, int predicted] => _counts[truth * Labels.Count + predicted];

    /// <summary>Accuracy, unweighted average recall and macro F1; NaN when nothing was counted.</summary>
    public Scores Scores => Scores.Compute(_counts, Labels.Count);

    /// <summary>The counts, row-major.</summary>
    internal ReadOnlySpan<int> Counts => _counts;

    /// <summary>Counts predictions.</summary>
    /// <exception cref="ArgumentException">A label is not among <paramref name="labels"/>.</exception>
    public static ConfusionMatrix From(IReadOnlyList<string> labels, IEnumerable<ScoredUtterance> scoredUtterances)
    {
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        ConfusionMatrix matrix = new(labels);
        foreach (ScoredUtterance scored in scoredUtterances)
            matrix.Add(scored);
        return matrix;
    }

    /// <summary>Creates a matrix from counts, one row per true label.</summary>
    /// <exception cref="ArgumentException">The counts are not labels × labels, or one is negative.</exception>
    public static ConfusionMatrix From(IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ConfusionMatrix matrix = new(labels);
        if (counts.Count != labels.Count || counts.Any(row => row.Count != labels.Count || row.Any(count => count < 0)))
            throw new ArgumentException($"counts must be {labels.Count} × {labels.Count} and not negative", nameof(counts));
        for (int truth = 0; truth < labels.Count; truth++)
            for (int predicted = 0; predicted < labels.Count; predicted++)
                matrix._counts[truth * labels.Count + predicted] = counts[truth][predicted];
        matrix.Total = matrix._counts.Sum();
        return matrix;
    }

    /// <summary>Number of utterances with the true label <paramref name="truth"/>.</summary>
    public int Support(int truth) => Row(truth).Sum();

    /// <summary>Number of utterances that were predicted as <paramref name="predicted"/>.</summary>
    internal int Predicted(int predicted) => Enumerable.Range(0, Labels.Count).Sum(truth => this[truth, predicted]);

    /// <summary>Share of the row's utterances that are in the cell, 0 to 1; null when the row is empty.</summary>
    public double? RowShare(int truth, int predicted) =>
        Support(truth) is > 0 and int support ? (double)this[truth, predicted] / support : null;

    /// <summary>The counts of one row.</summary>
    public IReadOnlyList<int> Row(int truth) =>
        new ArraySegment<int>(_counts, truth * Labels.Count, Labels.Count);

    /// <summary>Precision, recall, F1 and support of the emotion at <paramref name="label"/>.</summary>
    public ClassMetrics ComputeClassMetrics(int label)
    {
        int hits = this[label, label], support = Support(label), predicted = Predicted(label);
        return new ClassMetrics(Ratio(hits, predicted), Ratio(hits, support), Ratio(2 * hits, support + predicted), support);
    }

    /// <summary>Index in <see cref="Counts"/> at which a prediction is counted.</summary>
    internal int FindCell(ScoredUtterance scored) =>
        IndexOf(scored.Truth, scored) * Labels.Count + IndexOf(scored.Predicted, scored);

    /// <summary>Counts one utterance by the indices of its true and predicted label.</summary>
    internal void Count(int truth, int predicted)
    {
        _counts[(truth * Labels.Count) + predicted]++;
        Total++;
    }

    private void Add(ScoredUtterance scored)
    {
        _counts[FindCell(scored)]++;
        Total++;
    }

    private int IndexOf(string label, ScoredUtterance scored) =>
        _index.TryGetValue(label, out int index)
            ? index
            : throw new ArgumentException($"{scored.Path}: label '{label}' is not one of {string.Join(", ", Labels)}");

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
