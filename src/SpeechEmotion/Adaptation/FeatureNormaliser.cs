using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Adaptation;

/// <summary>
/// Normalises features to mean 0 and standard deviation 1 (CMVN), by the statistics that <see cref="Settings.Normalisation"/> names.
/// </summary>
/// <remarks>A standard deviation below 1e-5 counts as 1, so that a constant feature becomes 0 and not amplified rounding noise.</remarks>
public sealed record FeatureNormaliser
{
    private const double MinStandardDeviation = 1e-5;

    /// <param name="kind">Statistics to use.</param>
    /// <param name="mean">
    /// Mean of each feature over the training part: [features] for <see cref="Normalisation.Corpus"/> and
    /// <see cref="Normalisation.Speaker"/>, else empty.
    /// </param>
    /// <param name="standardDeviation">Standard deviation of each feature over the training part, with the shape of the mean.</param>
    /// <exception cref="ArgumentException">Mean and standard deviation differ in length.</exception>
    public FeatureNormaliser(Normalisation kind, float[] mean, float[] standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Length != standardDeviation.Length)
            throw new ArgumentException(
                $"{mean.Length} means and {standardDeviation.Length} standard deviations: must be as many", nameof(standardDeviation));
        Kind = kind;
        Mean = mean;
        StandardDeviation = standardDeviation;
    }

    /// <summary>Statistics that are used.</summary>
    public Normalisation Kind { get; }

    /// <summary>
    /// Mean of each feature over the training part: [features]; empty for <see cref="Normalisation.None"/> and
    /// <see cref="Normalisation.Utterance"/>.
    /// </summary>
    public float[] Mean { get; }

    /// <summary>Standard deviation of each feature over the training part, with the shape of <see cref="Mean"/>.</summary>
    public float[] StandardDeviation { get; }

    /// <summary>Variance of utterance statistics within and between speakers; null unless <see cref="NeedsSpeakerModel"/>.</summary>
    internal SpeakerVarianceModel? SpeakerModel { get; init; }

    /// <summary>Whether the settings need <see cref="SpeakerModel"/>: with a statistics branch or speaker adaptation.</summary>
    internal static bool NeedsSpeakerModel(RunSettings settings) =>
        settings.Model.Statistics > 0 || settings.Features.Normalisation == Normalisation.Speaker;

    /// <summary>Computes the statistics over the frames of all training clips, each frame with equal weight.</summary>
    public static FeatureNormaliser Fit(Normalisation kind, IEnumerable<FeatureMatrix> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (kind is not (Normalisation.Corpus or Normalisation.Speaker))
            return new FeatureNormaliser(kind, [], []);
        double[] sum = [], squares = [];
        long frames = 0;
        foreach (FeatureMatrix clip in training)
        {
            if (sum.Length == 0)
                (sum, squares) = (new double[clip.Features], new double[clip.Features]);
            for (int row = 0; row < clip.Features; row++)
            {
                foreach (float value in clip.Row(row))
                {
                    sum[row] += value;
                    squares[row] += (double)value * value;
                }
            }
            frames += clip.Frames;
        }
        float[] mean = new float[sum.Length], standardDeviation = new float[sum.Length];
        for (int row = 0; row < sum.Length; row++)
        {
            double centre = sum[row] / frames;
            mean[row] = (float)centre;
            standardDeviation[row] = (float)ToStandardDeviation((squares[row] / frames) - (centre * centre));
        }
        return new FeatureNormaliser(kind, mean, standardDeviation);
    }

    /// <summary>Normalises a clip in place.</summary>
    /// <exception cref="ArgumentException">The number of features differs from that of the statistics.</exception>
    internal void Apply(FeatureMatrix clip) => Apply(clip, speaker: null);

    /// <summary>Normalises a copy of a clip, and its utterance statistics if the network uses them.</summary>
    /// <param name="clip">Features before normalisation; unchanged.</param>
    /// <param name="speaker">Statistics of the enrolled speaker; null without enrolment.</param>
    internal NormalisedClip Prepare(FeatureMatrix clip, SpeakerStatistics? speaker)
    {
        float[] raw = [], statistics = [];
        if (SpeakerModel is not null)
        {
            raw = UtteranceStatistics.Compute(clip);
            statistics = [.. raw];
            SpeakerModel.Apply(statistics, Kind == Normalisation.Speaker ? speaker : null);
        }
        var copy = new FeatureMatrix([.. clip.Values], clip.Features, clip.Frames);
        Apply(copy, speaker);
        return new NormalisedClip(copy, statistics) { RawStatistics = raw };
    }

    private void Apply(FeatureMatrix clip, SpeakerStatistics? speaker)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (Kind == Normalisation.None)
            return;
        bool stored = Kind is Normalisation.Corpus or Normalisation.Speaker;
        if (stored && clip.Features != Mean.Length)
            throw new ArgumentException($"the clip has {clip.Features} features, the normaliser {Mean.Length}", nameof(clip));
        for (int row = 0; row < clip.Features; row++)
        {
            Span<float> values = clip.Row(row);
            (float mean, float standardDeviation) = stored
                ? (Mean[row] + Offset(row, speaker), StandardDeviation[row])
                : Statistics(values);
            float scale = 1 / standardDeviation;
            for (int i = 0; i < values.Length; i++)
                values[i] = (values[i] - mean) * scale;
        }
    }

    // Expected mean of the feature for the speaker, relative to the mean over all training speakers.
    private float Offset(int row, SpeakerStatistics? speaker)
    {
        if (speaker is null || Kind != Normalisation.Speaker || SpeakerModel is null)
            return 0;
        int index = (row * UtteranceStatistics.Names.Count) + UtteranceStatistics.Mean;
        return SpeakerModel.ExpectedMean(index, speaker) - SpeakerModel.Mean[index];
    }

    /// <summary>Returns a normalised copy of a clip.</summary>
    /// <exception cref="ArgumentException">The number of features differs from that of the statistics.</exception>
    public FeatureMatrix Normalised(FeatureMatrix clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var copy = new FeatureMatrix([.. clip.Values], clip.Features, clip.Frames);
        Apply(copy);
        return copy;
    }

    private static (float Mean, float StandardDeviation) Statistics(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        double mean = sum / values.Length, squares = 0;
        foreach (float value in values)
            squares += (value - mean) * (value - mean);
        return ((float)mean, (float)ToStandardDeviation(squares / values.Length));
    }

    private static double ToStandardDeviation(double variance)
    {
        double standardDeviation = Math.Sqrt(Math.Max(variance, 0));
        return standardDeviation < MinStandardDeviation ? 1 : standardDeviation;
    }
}
