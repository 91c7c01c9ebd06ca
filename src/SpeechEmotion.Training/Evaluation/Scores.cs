namespace SpeechEmotion.Evaluation;

/// <summary>The three main metrics of a confusion matrix, as scikit-learn 1.x defines them.</summary>
/// <param name="Accuracy">Share of utterances that were recognised (<c>accuracy_score</c>).</param>
/// <param name="Uar">Unweighted average recall: mean recall of the classes that occur (<c>balanced_accuracy_score</c>).</param>
/// <param name="MacroF1">Mean F1 of the classes that occur or were predicted (<c>f1_score(average="macro")</c>).</param>
public readonly record struct Scores(double Accuracy, double Uar, double MacroF1)
{
    /// <summary>
    /// Computes the metrics from <paramref name="counts"/> [classes, classes], rows = true labels; NaN when all are zero.
    /// </summary>
    internal static Scores Compute(ReadOnlySpan<int> counts, int classes)
    {
        int total = 0, correct = 0, occurring = 0, withF1 = 0;
        double recalls = 0, f1s = 0;
        for (int c = 0; c < classes; c++)
        {
            int support = 0, predicted = 0;
            for (int other = 0; other < classes; other++)
            {
                support += counts[c * classes + other];
                predicted += counts[other * classes + c];
            }
            int hits = counts[c * classes + c];
            total += support;
            correct += hits;
            if (support > 0)
            {
                occurring++;
                recalls += (double)hits / support;
            }
            if (support + predicted > 0)
            {
                withF1++;
                f1s += 2.0 * hits / (support + predicted);
            }
        }
        return new Scores((double)correct / total, recalls / occurring, f1s / withF1);
    }
}
