namespace SpeechEmotion.Evaluation;

/// <summary>
/// Makes a confidence say how often it is right: probabilities to the power of 1 / temperature, brought back to a sum of 1 (Guo
/// et al. 2017). Above 1 a model is made less sure, below 1 surer; which emotion is the likeliest never changes.
/// </summary>
internal static class TemperatureScaling
{
    /// <summary>Temperatures that are believed; beyond them the utterances were too few to tell.</summary>
    public const double MinTemperature = 0.1, MaxTemperature = 10;

    private const double MinProbability = 1e-30;

    /// <summary>
    /// The temperature under which the truths are likeliest. As if one utterance more had been judged and every emotion had been right
    /// a little (Platt 1999), so that a faultless test does not ask for a certainty that it cannot show.
    /// </summary>
    /// <param name="probabilities">One row an utterance, each with a probability a label.</param>
    /// <param name="truths">Index of the true label of each.</param>
    public static double Fit(IReadOnlyList<IReadOnlyList<float>> probabilities, IReadOnlyList<int> truths)
    {
        if (probabilities.Count != truths.Count || truths.Count == 0)
            throw new ArgumentException($"{probabilities.Count} rows of probabilities and {truths.Count} truths: as many of each are needed, and at least one", nameof(truths));
        double[][] logs = [.. probabilities.Select(row => row.Select(p => Math.Log(Math.Max(p, MinProbability))).ToArray())];
        // The loss is convex in 1 / temperature: its slope has one root.
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

    // Of the cross-entropy, by 1 / temperature: what the scaled probabilities expect of the logarithms, less what the truths found.
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
            double softened = 1.0 / (logs.Length + 1);
            slope += (expected / total) - ((1 - softened) * row[truths[i]]) - (softened * mean);
        }
        return slope;
    }
}
