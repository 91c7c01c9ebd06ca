namespace SpeechEmotion.Evaluation;

/// <summary>
/// Temperature scaling (Guo et al. 2017): probabilities to the power of 1 / temperature, normalised to a sum of 1, which equals a division
/// of the logits by the temperature. Above 1 it lowers the confidence, below 1 it raises it; the predicted label never changes.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>Limits of the fitted temperature; a value beyond them would mean that the utterances are too few for a fit.</summary>
    public const double MinTemperature = 0.1, MaxTemperature = 10;

    private const double MinProbability = 1e-30;

    /// <summary>
    /// The temperature that minimises the cross-entropy of the true labels. The targets are smoothed as if one further utterance had had
    /// all labels in equal parts (after Platt 1999), so that a test without misclassifications does not lead to unlimited confidence.
    /// </summary>
    /// <param name="probabilities">Probabilities [utterances, labels].</param>
    /// <param name="truths">Index of the true label of each utterance.</param>
    /// <returns>The temperature, <see cref="MinTemperature"/> to <see cref="MaxTemperature"/>.</returns>
    /// <exception cref="ArgumentException">There is no utterance, or the numbers of rows and true labels differ.</exception>
    public static double Fit(IReadOnlyList<IReadOnlyList<float>> probabilities, IReadOnlyList<int> truths)
    {
        if (probabilities.Count != truths.Count || truths.Count == 0)
            throw new ArgumentException(
                $"{probabilities.Count} rows of probabilities and {truths.Count} true labels: the numbers must be equal and at least 1",
                nameof(truths));
        double[][] logs = [.. probabilities.Select(row => row.Select(p => Math.Log(Math.Max(p, MinProbability))).ToArray())];
        // The loss is convex in 1 / temperature: its slope has one root, found by bisection on a logarithmic scale.
        double low = 1 / MaxTemperature, high = 1 / MinTemperature;
        for (int i = 0; i < 60; i++)
        {
            double middle = Math.Sqrt(low * high);
            if (Slope(logs, truths, middle) > 0)
                high = middle;
            else
                low = middle;
        }
        return 1 / Math.Sqrt(low * high);
    }

    // Derivative of the cross-entropy with respect to 1 / temperature, summed over the utterances: the expectation of the
    // log-probabilities under the scaled probabilities, minus that under the smoothed targets.
    private static double Slope(double[][] logs, IReadOnlyList<int> truths, double inverse)
    {
        double slope = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            double[] row = logs[i];
            double max = row.Max(), total = 0, expected = 0, mean = row.Average();
            foreach (double log in row)
            {
                double weight = Math.Exp(inverse * (log - max));
                total += weight;
                expected += weight * log;
            }
            double smoothing = 1.0 / (logs.Length + 1);
            slope += (expected / total) - ((1 - smoothing) * row[truths[i]]) - (smoothing * mean);
        }
        return slope;
    }
}
