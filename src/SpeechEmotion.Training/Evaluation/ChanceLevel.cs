namespace SpeechEmotion.Evaluation;

/// <summary>The metrics of the best guess that does not listen: one label for every utterance.</summary>
/// <param name="Uar">Unweighted average recall: 1 / number of classes that occur in the test.</param>
/// <param name="Accuracy">Accuracy: the share of the largest class.</param>
public sealed record ChanceLevel(double Uar, double Accuracy)
{
    /// <summary>The chance level of a test with at least one utterance.</summary>
    internal static ChanceLevel Compute(ConfusionMatrix matrix)
    {
        int[] supports = [.. Enumerable.Range(0, matrix.Labels.Count).Select(matrix.Support)];
        return new ChanceLevel(1.0 / supports.Count(support => support > 0), (double)supports.Max() / matrix.Total);
    }
}
