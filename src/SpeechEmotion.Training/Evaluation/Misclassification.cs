namespace SpeechEmotion.Evaluation;

/// <summary>A wrong prediction.</summary>
/// <param name="Path">File, relative to the corpus folder.</param>
/// <param name="Speaker">Name of the speaker; empty when the corpus does not name it.</param>
/// <param name="Truth">Label of the corpus.</param>
/// <param name="Predicted">Label with the highest probability.</param>
/// <param name="Confidence">Probability of the predicted label.</param>
/// <param name="TruthProbability">Probability of the true label.</param>
public sealed record Misclassification(
    string Path, string Speaker, string Truth, string Predicted, float Confidence, float TruthProbability)
{
    /// <summary>The <paramref name="max"/> misclassifications with the highest confidence, in descending order.</summary>
    internal static IReadOnlyList<Misclassification> WorstFirst(IEnumerable<ScoredUtterance> scoredUtterances, int max) =>
        [.. scoredUtterances
            .Where(scored => !scored.IsCorrect)
            .OrderByDescending(scored => scored.Confidence)
            .ThenBy(scored => scored.Path, StringComparer.Ordinal)
            .Take(max)
            .Select(wrong => new Misclassification(wrong.Path, wrong.Speaker, wrong.Truth, wrong.Predicted,
                wrong.Confidence, wrong.Probabilities[wrong.Truth]))];
}
