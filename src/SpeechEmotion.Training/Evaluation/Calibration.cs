namespace SpeechEmotion.Evaluation;

/// <summary>Whether a confidence of 80 % is right 80 % of the time.</summary>
/// <param name="Ece">
/// Expected calibration error (Guo et al. 2017): mean over utterances of |accuracy − mean confidence| of the utterance's bin, 0 to 1.
/// </param>
/// <param name="Bins">The reliability diagram: equal-width bins of the confidence, low to high, empty ones too.</param>
/// <param name="Temperature">
/// What would calibrate these confidences (Guo et al. 2017): each probability to the power of 1 / temperature. Above 1 the model is too
/// sure of itself, below 1 it is surer than it says.
/// </param>
public sealed record Calibration(double Ece, IReadOnlyList<ReliabilityBin> Bins, double Temperature)
{
    /// <summary>Number of bins.</summary>
    public const int BinCount = 15;

    /// <summary>Bins judgements by their confidence; bin i holds confidences in (i / 15, (i + 1) / 15].</summary>
    /// <param name="labels">The model's labels, in the order of the probabilities.</param>
    /// <param name="scoredUtterances">The utterances that count.</param>
    /// <exception cref="ArgumentException">There is nothing to bin.</exception>
    public static Calibration Compute(IReadOnlyList<string> labels, IReadOnlyCollection<ScoredUtterance> scoredUtterances)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        if (scoredUtterances.Count == 0)
            throw new ArgumentException("calibration needs at least one utterance", nameof(scoredUtterances));
        int[] counts = new int[BinCount], right = new int[BinCount];
        double[] confidence = new double[BinCount];
        foreach (ScoredUtterance scored in scoredUtterances)
        {
            int bin = Math.Clamp((int)Math.Ceiling(scored.Confidence * (double)BinCount) - 1, 0, BinCount - 1);
            counts[bin]++;
            confidence[bin] += scored.Confidence;
            if (scored.IsCorrect)
                right[bin]++;
        }

        double ece = 0;
        ReliabilityBin[] bins = new ReliabilityBin[BinCount];
        for (int i = 0; i < BinCount; i++)
        {
            ece += Math.Abs(right[i] - confidence[i]) / scoredUtterances.Count;
            bins[i] = new ReliabilityBin((double)i / BinCount, (i + 1.0) / BinCount, counts[i],
                counts[i] == 0 ? null : confidence[i] / counts[i], counts[i] == 0 ? null : (double)right[i] / counts[i]);
        }
        Dictionary<string, int> index = labels.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        double temperature = TemperatureScaling.Fit([.. scoredUtterances.Select(scored => scored.Probabilities)], [.. scoredUtterances.Select(scored => index[scored.Truth])]);
        return new Calibration(ece, bins, temperature);
    }
}

/// <summary>One bar of a reliability diagram.</summary>
/// <param name="Low">Lower edge of the confidence, exclusive.</param>
/// <param name="High">Upper edge of the confidence, inclusive.</param>
/// <param name="Count">Utterances in it.</param>
/// <param name="Confidence">Mean confidence; null when empty.</param>
/// <param name="Accuracy">Share that is right; null when empty.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double? Confidence, double? Accuracy);
