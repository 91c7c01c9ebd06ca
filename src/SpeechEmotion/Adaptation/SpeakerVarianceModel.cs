namespace SpeechEmotion.Adaptation;

/// <summary>
/// How the statistics of utterances vary within a voice and between voices, learned from the training part: a model of random
/// effects (Robinson 1991). From it follows where a voice's own mean lies, given what was heard of it: nothing heard, the
/// training voices' mean; the more is heard, the nearer to what was heard.
/// </summary>
internal sealed class SpeakerVarianceModel
{
    private const double MinVariance = 1e-10;

    /// <summary>Where a normalised statistic is cut, in deviations: a skewness of a few frames can be anything.</summary>
    private const float Outlier = 5;

    /// <param name="mean">Mean over all training voices.</param>
    /// <param name="within">Variance of an utterance around its voice's mean.</param>
    /// <param name="between">Variance of the voices' means; 0 where there is one voice.</param>
    /// <param name="utteranceSeconds">Length of a typical training utterance, which counts as one observation of a voice.</param>
    public SpeakerVarianceModel(float[] mean, float[] within, float[] between, double utteranceSeconds)
    {
        if (within.Length != mean.Length || between.Length != mean.Length)
            throw new ArgumentException($"{mean.Length} means, {within.Length} variances within and {between.Length} between voices");
        (Mean, Within, Between, UtteranceSeconds) = (mean, within, between, utteranceSeconds);
    }

    public float[] Mean { get; }

    public float[] Within { get; }

    public float[] Between { get; }

    public double UtteranceSeconds { get; }

    /// <summary>Fits the model to utterances. Every voice counts alike; utterances of no named voice are one voice.</summary>
    public static SpeakerVarianceModel Fit(IReadOnlyList<(float[] Statistics, string Speaker, double Seconds)> utterances)
    {
        int width = utterances[0].Statistics.Length;
        double[][] means = [.. utterances.GroupBy(utterance => utterance.Speaker, StringComparer.Ordinal)
            .OrderBy(speaker => speaker.Key, StringComparer.Ordinal)
            .Select(speaker => MeanOf([.. speaker.Select(utterance => utterance.Statistics)], width))];
        Dictionary<string, double[]> bySpeaker = utterances.Select(utterance => utterance.Speaker).Distinct().Order(StringComparer.Ordinal)
            .Zip(means).ToDictionary(pair => pair.First, pair => pair.Second);
        float[] mean = new float[width], within = new float[width], between = new float[width];
        double perSpeaker = (double)utterances.Count / means.Length;
        for (int i = 0; i < width; i++)
        {
            double centre = means.Average(speaker => speaker[i]);
            double inside = utterances.Sum(utterance => Square(utterance.Statistics[i] - bySpeaker[utterance.Speaker][i])) / Math.Max(1, utterances.Count - means.Length);
            // A voice's mean over n utterances varies by a share 1/n of what they do, beside what voices do.
            double outside = means.Length > 1 ? (means.Sum(speaker => Square(speaker[i] - centre)) / (means.Length - 1)) - (inside / perSpeaker) : 0;
            mean[i] = (float)centre;
            within[i] = (float)Math.Max(inside, MinVariance);
            between[i] = (float)Math.Max(outside, 0);
        }
        return new SpeakerVarianceModel(mean, within, between, utterances.Average(utterance => utterance.Seconds));
    }

    /// <summary>Where the mean of a voice is expected, for one statistic.</summary>
    public float ExpectedMean(int index, SpeakerStatistics? speaker) =>
        speaker is null || speaker.Seconds == 0 ? Mean[index] : (float)(Mean[index] + (AdaptationWeight(index, speaker) * (speaker.Mean(index) - Mean[index])));

    /// <summary>Statistics of an utterance in place of which come their distances from where the voice's are expected, in deviations.</summary>
    public void Apply(Span<float> statistics, SpeakerStatistics? speaker)
    {
        for (int i = 0; i < statistics.Length; i++)
        {
            // What is still unknown of the voice adds to what its utterances vary by.
            double unknown = Between[i] * (1 - (speaker is null ? 0 : AdaptationWeight(i, speaker)));
            statistics[i] = Math.Clamp((statistics[i] - ExpectedMean(i, speaker)) / (float)Math.Sqrt(Within[i] + unknown), -Outlier, Outlier);
        }
    }

    /// <summary>Utterances of typical length that were heard of a voice.</summary>
    public double CountUtterances(SpeakerStatistics speaker) => speaker.Seconds / UtteranceSeconds;

    /// <summary>How much of what was observed of a voice is believed, 0 to 1, where so many observations weigh as much as knowing nothing.</summary>
    public static double AdaptationWeight(double observed, double prior) => observed / (observed + prior);

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
