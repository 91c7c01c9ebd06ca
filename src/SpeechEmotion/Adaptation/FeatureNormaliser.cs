using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Adaptation;

/// <summary>Brings features to mean 0 and deviation 1, by the statistics that <see cref="Settings.Normalisation"/> names.</summary>
/// <remarks>A deviation below 1e-5 counts as 1: a feature that never changes stays 0 instead of becoming noise.</remarks>
public sealed record FeatureNormaliser
{
    private const double MinDeviation = 1e-5;

    /// <param name="kind">Which statistics.</param>
    /// <param name="mean">Mean of each feature over the training part, for <see cref="Normalisation.Corpus"/>; else empty.</param>
    /// <param name="standardDeviation">Deviation of each feature over the training part, likewise.</param>
    public FeatureNormaliser(Normalisation kind, float[] mean, float[] standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Length != standardDeviation.Length)
            throw new ArgumentException($"{mean.Length} means and {standardDeviation.Length} deviations", nameof(standardDeviation));
        Kind = kind;
        Mean = mean;
        StandardDeviation = standardDeviation;
    }

    /// <summary>Which statistics are used.</summary>
    public Normalisation Kind { get; }

    /// <summary>Mean of each feature over the training part; empty unless the statistics are the corpus's.</summary>
    public float[] Mean { get; }

    /// <summary>Deviation of each feature over the training part; empty unless the statistics are the corpus's.</summary>
    public float[] StandardDeviation { get; }

    /// <summary>How statistics of utterances vary within and between voices; null unless the network sees them or the voice is adapted to.</summary>
    internal SpeakerVarianceModel? SpeakerModel { get; init; }

    /// <summary>Whether settings ask for <see cref="SpeakerModel"/>.</summary>
    internal static bool NeedsSpeakerModel(RunSettings settings) => settings.Model.Statistics > 0 || settings.Features.Normalisation == Normalisation.Speaker;

    /// <summary>Takes the statistics from training clips: the frames of all clips count alike.</summary>
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
            standardDeviation[row] = (float)SafeDeviation((squares[row] / frames) - (centre * centre));
        }
        return new FeatureNormaliser(kind, mean, standardDeviation);
    }

    /// <summary>Normalises a clip in place.</summary>
    /// <exception cref="ArgumentException">The clip has another number of features than the statistics.</exception>
    public void Apply(FeatureMatrix clip) => Apply(clip, speaker: null);

    /// <summary>A clip as the network sees it; the clip itself is left as it is.</summary>
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
            (float mean, float standardDeviation) = stored ? (Mean[row] + Offset(row, speaker), StandardDeviation[row]) : Statistics(values);
            float scale = 1 / standardDeviation;
            for (int i = 0; i < values.Length; i++)
                values[i] = (values[i] - mean) * scale;
        }
    }

    // How far a voice's mean of the feature lies from the training voices'.
    private float Offset(int row, SpeakerStatistics? speaker)
    {
        if (speaker is null || Kind != Normalisation.Speaker || SpeakerModel is null)
            return 0;
        int index = (row * UtteranceStatistics.Names.Count) + UtteranceStatistics.Mean;
        return SpeakerModel.ExpectedMean(index, speaker) - SpeakerModel.Mean[index];
    }

    /// <summary>A normalised copy of a clip.</summary>
    /// <exception cref="ArgumentException">The clip has another number of features than the statistics.</exception>
    public FeatureMatrix Normalised(FeatureMatrix clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var copy = new FeatureMatrix([.. clip.Values], clip.Features, clip.Frames);
        Apply(copy);
        return copy;
    }

    private static (float Mean, float Deviation) Statistics(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        double mean = sum / values.Length, squares = 0;
        foreach (float value in values)
            squares += (value - mean) * (value - mean);
        return ((float)mean, (float)SafeDeviation(squares / values.Length));
    }

    private static double SafeDeviation(double variance)
    {
        double standardDeviation = Math.Sqrt(Math.Max(variance, 0));
        return standardDeviation < MinDeviation ? 1 : standardDeviation;
    }
}
