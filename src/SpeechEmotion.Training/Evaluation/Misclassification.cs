namespace SpeechEmotion.Evaluation;

/// <summary>A wrong prediction.</summary>
/// <param name="Path">File, relative to the corpus folder.</param>
/// <param name="Speaker">Who speaks; empty when the corpus does not say.</param>
/// <param name="Truth">Label of the corpus.</param>
/// <param name="Predicted">What the model said.</param>
/// <param name="Confidence">Probability of what it said.</param>
/// <param name="TruthProbability">Probability that it gave to the truth.</param>
public sealed record Misclassification(string Path, string Speaker, string Truth, string Predicted, float Confidence, float TruthProbability)
{
    /// <summary>The <paramref name="max"/> most confident mistakes, worst first.</summary>
    internal static IReadOnlyList<Misclassification> WorstFirst(IReadOnlyList<string> labels, IEnumerable<ScoredUtterance> scoredUtterances, int max)
    {
        Dictionary<string, int> index = labels.Select((label, i) => (label, i)).ToDictionary(pair => pair.label, pair => pair.i);
        return [.. scoredUtterances
            .Where(scored => !scored.IsCorrect)
            .OrderByDescending(scored => scored.Confidence)
            .ThenBy(scored => scored.Path, StringComparer.Ordinal)
            .Take(max)
            .Select(wrong => new Misclassification(wrong.Path, wrong.Speaker, wrong.Truth, wrong.Predicted,
                wrong.Confidence, wrong.Probabilities[index[wrong.Truth]]))];
    }
}
