using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>The calibration of a model: whether predictions with a confidence of 80 % are correct in 80 % of the cases.</summary>
/// <remarks>
/// The confidence is the probability of the predicted label. The bins have equal width, as in Guo et al. 2017, so that <see cref="Ece"/>
/// compares with published values. It is biased upwards, by chance alone, the more the fewer the utterances (Roelofs et al. 2022):
/// <see cref="EceIfCalibrated"/> states by how much, and <see cref="EceDebiased"/> is corrected.
/// </remarks>
public sealed record Calibration
{
    /// <summary>Number of bins.</summary>
    internal const int BinCount = 15;

    /// <summary>
    /// Expected calibration error (Guo et al. 2017): mean over utterances of |accuracy − mean confidence| of the utterance's bin, 0 to 1.
    /// </summary>
    public required double Ece { get; init; }

    /// <summary>
    /// Mean <see cref="Ece"/> of a perfectly calibrated model with the same confidences, whose predictions are correct with the
    /// probability of their confidence (consistency resampling, Bröcker and Smith 2007).
    /// </summary>
    public required double EceIfCalibrated { get; init; }

    /// <summary>
    /// √(<see cref="Ece"/>² − <see cref="EceIfCalibrated"/>²), at least 0: the error without the part that is due to chance. Squares are
    /// subtracted as in the debiased estimator of Kumar, Liang and Ma 2019.
    /// </summary>
    public required Estimate EceDebiased { get; init; }

    /// <summary>
    /// Brier score over all labels (Brier 1950): mean over utterances of the squared distance of the probabilities to 1 for the true label
    /// and 0 for the others, 0 to 2. It is a proper score: only the true probabilities minimise its expectation.
    /// </summary>
    public required Estimate Brier { get; init; }

    /// <summary>
    /// The temperature that would calibrate these probabilities (Guo et al. 2017); see <see cref="TemperatureScaling"/>. It comes on top of
    /// the temperature of the model. Above 1 the model is overconfident, below 1 underconfident.
    /// </summary>
    public required double Temperature { get; init; }

    /// <summary>The reliability diagram: the bins in ascending order, including empty ones.</summary>
    public required IReadOnlyList<ReliabilityBin> Bins { get; init; }

    /// <summary>Computes the calibration of predictions; bin i holds confidences in (i / 15, (i + 1) / 15].</summary>
    /// <param name="scoredUtterances">The utterances with their predictions.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="repeated">Whether several models classified the same utterances: those of one path are one case then.</param>
    /// <param name="bySpeaker">Whether there is an interval over speakers.</param>
    /// <exception cref="ArgumentException">There is no utterance, or one without a probability of its true label.</exception>
    internal static Calibration Compute(
        IReadOnlyCollection<ScoredUtterance> scoredUtterances, int seed, bool repeated = false, bool bySpeaker = false)
    {
        ArgumentNullException.ThrowIfNull(scoredUtterances);
        if (scoredUtterances.Count == 0)
            throw new ArgumentException("calibration needs at least one utterance", nameof(scoredUtterances));
        if (scoredUtterances.FirstOrDefault(scored => !scored.Probabilities.ContainsKey(scored.Truth)) is { } other)
            throw new ArgumentException($"{other.Path}: there is no probability of its label {other.Truth}", nameof(scoredUtterances));
        // In an order of their own, so that the resamples do not depend on that of the utterances.
        ScoredUtterance[] all = [.. scoredUtterances
            .OrderBy(scored => scored.Path, StringComparer.Ordinal)
            .ThenBy(scored => scored.Confidence)
            .ThenBy(scored => scored.IsCorrect)];
        int[][] cases = repeated
            ? [.. Enumerable.Range(0, all.Length).GroupBy(i => all[i].Path).Select(same => same.ToArray())]
            : [.. Enumerable.Range(0, all.Length).Select(i => new[] { i })];
        double[] brier = [.. all.Select(BrierScore)];
        var resamples = new CalibrationResamples(
            [.. all.Select(BinOf)], [.. all.Select(scored => (double)scored.Confidence)], [.. all.Select(scored => scored.IsCorrect)]);
        SeededRandom random = Seeds.Random(seed, "calibration");
        double ece = resamples.Ece, ifCalibrated = resamples.MeanEceIfCalibrated(random);
        (double[] eces, double[] briers) = resamples.Draw(cases, brier, random);
        return new Calibration
        {
            Ece = ece,
            EceIfCalibrated = ifCalibrated,
            // A resample has the chance of the utterances and that of the resampling in it: twice the bias.
            EceDebiased = new Estimate(
                Debias(ece, 1), Interval.Percentiles([.. eces.Select(each => Debias(each, 2))])),
            Brier = new Estimate(brier.Average(), Interval.Percentiles(briers))
            {
                Ci95Speakers = bySpeaker ? BrierOverSpeakers(all, brier) : null,
            },
            Temperature = TemperatureScaling.Fit(
                [.. all.Select(scored => scored.Probabilities.Values.ToArray())],
                [.. all.Select(scored => scored.Probabilities.IndexOf(scored.Truth))]),
            Bins = Diagram(all),
        };

        double Debias(double value, int times) => Math.Sqrt(Math.Max(0, (value * value) - (times * ifCalibrated * ifCalibrated)));
    }

    /// <summary>
    /// Index of the utterance's bin. The edges are rounded as the confidence is: 0.2, which is above 3/15 as a float, lies on the edge.
    /// </summary>
    private static int BinOf(ScoredUtterance scored)
    {
        int bin = 0;
        while (bin < BinCount - 1 && scored.Confidence > (float)((bin + 1.0) / BinCount))
            bin++;
        return bin;
    }

    private static double BrierScore(ScoredUtterance scored) => scored.Probabilities.Sum(pair =>
    {
        double difference = pair.Value - (pair.Key == scored.Truth ? 1 : 0);
        return difference * difference;
    });

    private static Interval BrierOverSpeakers(ScoredUtterance[] all, double[] brier)
    {
        double total = brier.Sum();
        double[] without = [.. Enumerable.Range(0, all.Length)
            .GroupBy(i => all[i].Speaker)
            .Select(speaker => (total - speaker.Sum(i => brier[i])) / (all.Length - speaker.Count()))];
        return Jackknife.Interval(total / all.Length, without, max: 2);
    }

    private static ReliabilityBin[] Diagram(ScoredUtterance[] all)
    {
        ILookup<int, ScoredUtterance> byBin = all.ToLookup(BinOf);
        return [.. Enumerable.Range(0, BinCount).Select(i => new ReliabilityBin(
            (double)i / BinCount, (i + 1.0) / BinCount, byBin[i].Count(),
            byBin[i].Any() ? byBin[i].Average(scored => (double)scored.Confidence) : null,
            byBin[i].Any() ? byBin[i].Average(scored => scored.IsCorrect ? 1.0 : 0) : null))];
    }
}

/// <summary>One bar of a reliability diagram.</summary>
/// <param name="Low">Lower edge of the confidence, exclusive.</param>
/// <param name="High">Upper edge of the confidence, inclusive.</param>
/// <param name="Count">Number of utterances in the bin.</param>
/// <param name="Confidence">Mean confidence, 0 to 1; null when empty.</param>
/// <param name="Accuracy">Share of correct predictions, 0 to 1; null when empty.</param>
public sealed record ReliabilityBin(double Low, double High, int Count, double? Confidence, double? Accuracy);
