namespace SpeechEmotion.Adaptation;

/// <summary>
/// Random-effects model (Robinson 1991) of each utterance statistic, estimated on the training part: its variance within a speaker and
/// between speakers. It predicts the mean of a speaker: without observations the mean over the training speakers, and with more
/// observations closer to the observed mean.
/// </summary>
internal sealed class SpeakerVarianceModel
{
    private const double MinVariance = 1e-10;

    /// <summary>
    /// Limit of a normalised statistic in standard deviations, because statistics such as the skewness of few frames have outliers.
    /// </summary>
    private const float Outlier = 5;

    /// <param name="mean">Mean of each statistic over all training speakers: [features · statistics].</param>
    /// <param name="within">Variance of the utterances of a speaker around the speaker's mean, with the same shape.</param>
    /// <param name="between">Variance of the speakers' means, with the same shape; 0 for one speaker.</param>
    /// <param name="utteranceSeconds">Mean duration of a training utterance in seconds: the duration of one observation.</param>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public SpeakerVarianceModel(float[] mean, float[] within, float[] between, double utteranceSeconds)
    {
        if (within.Length != mean.Length || between.Length != mean.Length)
            throw new ArgumentException($"{mean.Length} means, {within.Length} variances within and {between.Length} between speakers");
        (Mean, Within, Between, UtteranceSeconds) = (mean, within, between, utteranceSeconds);
    }

    public float[] Mean { get; }

    public float[] Within { get; }

    public float[] Between { get; }

    public double UtteranceSeconds { get; }

    /// <summary>Estimates the model. Each speaker has equal weight; utterances without a speaker name count as one speaker.</summary>
    public static SpeakerVarianceModel Fit(IReadOnlyList<(float[] Statistics, string Speaker, double Seconds)> utterances)
    {
        int width = utterances[0].Statistics.Length;
        double[][] means =
        [
            .. utterances.GroupBy(utterance => utterance.Speaker, StringComparer.Ordinal)
                .OrderBy(speaker => speaker.Key, StringComparer.Ordinal)
                .Select(speaker => MeanOf([.. speaker.Select(utterance => utterance.Statistics)], width)),
        ];
        Dictionary<string, double[]> bySpeaker = utterances
            .Select(utterance => utterance.Speaker).Distinct().Order(StringComparer.Ordinal)
            .Zip(means).ToDictionary(pair => pair.First, pair => pair.Second);
        float[] mean = new float[width], within = new float[width], between = new float[width];
        double perSpeaker = (double)utterances.Count / means.Length;
        for (int i = 0; i < width; i++)
        {
            double centre = means.Average(speaker => speaker[i]);
            double withinVariance = utterances.Sum(utterance => Square(utterance.Statistics[i] - bySpeaker[utterance.Speaker][i]))
                / Math.Max(1, utterances.Count - means.Length);
            // The mean of n utterances of a speaker has the variance between speakers plus 1/n of the variance within a speaker.
            double betweenVariance = means.Length > 1
                ? (means.Sum(speaker => Square(speaker[i] - centre)) / (means.Length - 1)) - (withinVariance / perSpeaker)
                : 0;
            mean[i] = (float)centre;
            within[i] = (float)Math.Max(withinVariance, MinVariance);
            between[i] = (float)Math.Max(betweenVariance, 0);
        }
        return new SpeakerVarianceModel(mean, within, between, utterances.Average(utterance => utterance.Seconds));
    }

    /// <summary>Expected mean of one statistic for a speaker; null: an unknown speaker.</summary>
    public float ExpectedMean(int index, SpeakerStatistics? speaker) =>
        speaker is null || speaker.Seconds == 0
            ? Mean[index]
            : (float)(Mean[index] + (AdaptationWeight(index, speaker) * (speaker.Mean(index) - Mean[index])));

    /// <summary>
    /// Normalises the statistics of an utterance in place: differences from the expected means of the speaker, in standard deviations.
    /// </summary>
    public void Apply(Span<float> statistics, SpeakerStatistics? speaker)
    {
        for (int i = 0; i < statistics.Length; i++)
        {
            // The variance is that within the speaker plus the remaining uncertainty of the speaker's mean.
            double uncertainty = Between[i] * (1 - (speaker is null ? 0 : AdaptationWeight(i, speaker)));
            float standardDeviation = (float)Math.Sqrt(Within[i] + uncertainty);
            statistics[i] = Math.Clamp((statistics[i] - ExpectedMean(i, speaker)) / standardDeviation, -Outlier, Outlier);
        }
    }

    /// <summary>
    /// Number of observed utterances of a speaker: the duration of the speech divided by the mean duration of a training utterance.
    /// </summary>
    public double CountUtterances(SpeakerStatistics speaker) => speaker.Seconds / UtteranceSeconds;

    /// <summary>
    /// Adaptation weight n/(n+r), 0 to 1, of <paramref name="observed"/> utterances n with relevance factor r (MAP adaptation, Gauvain and
    /// Lee 1994).
    /// </summary>
    public static double AdaptationWeight(double observed, double relevance) => observed / (observed + relevance);

    private double AdaptationWeight(int index, SpeakerStatistics speaker)
    {
        double observed = CountUtterances(speaker);
        return observed * Between[index] / ((observed * Between[index]) + Within[index]);
    }

    private static double[] MeanOf(float[][] statistics, int width)
    {
        double[] mean = new double[width];
        foreach (float[] utterance in statistics)
            for (int i = 0; i < width; i++)
                mean[i] += utterance[i] / (double)statistics.Length;
        return mean;
    }

    private static double Square(double value) => value * value;
}
