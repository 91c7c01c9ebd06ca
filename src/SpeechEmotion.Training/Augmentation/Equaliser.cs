using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Random gain and equaliser in the feature domain, as between microphones: a smooth gain over the mel bands, the sum of the first basis
/// functions of the cosine transform that computes the MFCC. Each of them changes one coefficient alone; the first is the level.
/// </summary>
internal sealed class Equaliser
{
    /// <summary>Number of cosines beside the level: half a period to two periods over all bands.</summary>
    private const int ShapeCosines = 4;

    private readonly FeatureBlock? mel;
    private readonly FeatureBlock? mfcc;
    private readonly double levelDb, shapeDb;

    /// <param name="settings">Ranges of level and shape in dB.</param>
    /// <param name="layout">The rows of the features.</param>
    public Equaliser(AugmentationSettings settings, FeatureLayout layout)
    {
        (levelDb, shapeDb) = (settings.GainDb, settings.EqualiserDb);
        mel = layout.Find(FeatureKind.Mel);
        mfcc = layout.Find(FeatureKind.Mfcc);
    }

    /// <summary>A random gain: the weights of the cosines in dB, the level first; empty where the settings ask for none.</summary>
    public double[] Draw(SeededRandom random)
    {
        if (levelDb == 0 && shapeDb == 0)
            return [];
        double[] weights = new double[1 + ShapeCosines];
        weights[0] = levelDb > 0 ? levelDb * ((2 * random.NextDouble()) - 1) : 0;
        for (int k = 1; shapeDb > 0 && k <= ShapeCosines; k++)
            weights[k] = shapeDb * ((2 * random.NextDouble()) - 1) / k;
        return weights;
    }

    /// <summary>Adds a gain to every frame of a clip's features, not normalised, in place.</summary>
    public void Apply(FeatureMatrix clip, double[] weights)
    {
        foreach ((int row, float shift) in RowShifts(weights))
            foreach (ref float value in clip.Row(row))
                value += shift;
    }

    /// <summary>
    /// Adds a gain to a speaker's mean utterance statistics, [features, statistics], in place: to the location statistics, that is mean and
    /// percentiles.
    /// </summary>
    public void ApplyToStatistics(FeatureMatrix statistics, double[] weights)
    {
        foreach ((int row, float shift) in RowShifts(weights))
            foreach (int location in UtteranceStatistics.Locations)
                statistics.Row(row)[location] += shift;
    }

    private IEnumerable<(int Row, float Shift)> RowShifts(double[] weights)
    {
        if (mel is not { } bands || weights.Length == 0)
            yield break;
        for (int band = 0; band < bands.Count; band++)
        {
            double gain = weights.Index().Sum(weight => weight.Item * Math.Cos(Math.PI * weight.Index * (band + 0.5) / bands.Count));
            yield return (bands.First + band, (float)gain);
        }
        // The orthonormal transform of a cosine is its weight times √(bands / 2), that of the constant its weight times √bands.
        for (int k = 0; k < Math.Min(weights.Length, mfcc?.Count ?? 0); k++)
            yield return (mfcc!.Value.First + k, (float)(weights[k] * Math.Sqrt(k == 0 ? bands.Count : bands.Count / 2.0)));
    }
}
