namespace SpeechEmotion.Evaluation;

/// <summary>The calibration of a model: whether predictions with a confidence of 80 % are correct in 80 % of the cases.</summary>
/// <param name="Ece">
/// Expected calibration error (Guo et al. 2017): mean over utterances of |accuracy − mean confidence| of the utterance's bin, 0 to 1.
/// </param>
/// <param name="Bins">The reliability diagram: bins of the confidence of equal width, in ascending order, including empty ones.</param>
/// <param name="Temperature">
/// The temperature that would calibrate these probabilities (Guo et al. 2017); see <see cref="TemperatureScaling"/>. Above 1 the model is
/// overconfident, below 1 underconfident.
/// </param>
public sealed record Calibration(double Ece, IReadOnlyList<ReliabilityBin> Bins, double Temperature)
{
    /// <summary>Number of bins.</summary>
    internal const int BinCount = 15;

    /// <summary>Computes the calibration of predictions; bin i holds confidences in (i / 15, (i + 1) / 15].</summary>
    /// <param name="scoredUtterances">The utterances with their predictions.</param>
    /// <exception cref="ArgumentException">There is no utterance, or one without a probability of its true label.</exception>
    internal static Calibration Compute(IReadOnlyCollection<ScoredUtterance> scoredUtterances)
    {
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        if (scoredUtterances.Count == 0)
            throw new ArgumentException("calibration needs at least one utterance", nameof(scoredUtterances));
        if (scoredUtterances.FirstOrDefault(scored => !scored.Probabilities.ContainsKey(scored.Truth)) is { } other)
            throw new ArgumentException($"{other.Path}: there is no probability of its label {other.Truth}", nameof(scoredUtterances));
        int[] counts = new int[BinCount], correct = new int[BinCount];
        double[] confidence = new double[BinCount];
        foreach (ScoredUtterance scored in scoredUtterances)
        {
            int bin = Math.Clamp((int)Math.Ceiling(scored.Confidence * (double)BinCount) - 1, 0, BinCount - 1);
            counts[bin]++;
            confidence[bin] += scored.Confidence;
            if (scored.IsCorrect)
                correct[bin]++;
        }

        double ece = 0;
        ReliabilityBin[] bins = new ReliabilityBin[BinCount];
        for (int i = 0; i < BinCount; i++)
        {
            ece += Math.Abs(correct[i] - confidence[i]) / scoredUtterances.Count;
            bins[i] = new ReliabilityBin((double)i / BinCount, (i + 1.0) / BinCount, counts[i],
                counts[i] == 0 ? null : confidence[i] / counts[i], counts[i] == 0 ? null : (double)correct[i] / counts[i]);
        }
        double temperature = TemperatureScaling.Fit(
            [.. scoredUtterances.Select(scored => scored.Probabilities.Values.ToArray())],
            [.. scoredUtterances.Select(scored => scored.Probabilities.IndexOf(scored.Truth))]);
        return new Calibration(ece, bins, temperature);
    }
}

/// <summary>One bar of a reliability diagram.</summary>
/// <param name="Low">Lower edge of the confidence, exclusive.</param>
/// <param name="High">Upper edge of the confidence, inclusive.</param>
/// <param name="Count">Number of utterances in the bin.</param>
/// <param name="Confidence">Mean confidence, 0 to 1; null when empty.</param>
/// <param name="Accuracy">Share of correct predictions, 0 to 1; null when empty.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double? Confidence, double? Accuracy);
