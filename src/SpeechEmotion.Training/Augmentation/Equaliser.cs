using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Augmentation;

/// <summary>
/// Another microphone, done to the features: a gain that bends slowly over the mel bands, as a sum of the first cosines of the
/// transform that makes the MFCC. Each cosine therefore moves one coefficient alone; the first of all is the level.
/// </summary>
internal sealed class Equaliser
{
    /// <summary>Cosines beside the level: from tilt to two humps over all bands.</summary>
    private const int Bends = 4;

    private readonly FeatureBlock? mel;
    private readonly FeatureBlock? mfcc;
    private readonly double levelDb, bendDb;

    public Equaliser(AugmentationSettings settings, FeatureLayout layout)
    {
        (levelDb, bendDb) = (settings.GainDb, settings.EqualiserDb);
        mel = layout.Find(FeatureKind.Mel);
        mfcc = layout.Find(FeatureKind.Mfcc);
    }

    /// <summary>A random gain: weights of the cosines in dB, the level first; empty where none is asked for.</summary>
    public double[] Draw(SeededRandom random)
    {
        if (levelDb == 0 && bendDb == 0)
            return [];
        double[] weights = new double[1 + Bends];
        weights[0] = levelDb > 0 ? levelDb * ((2 * random.NextDouble()) - 1) : 0;
        for (int k = 1; bendDb > 0 && k <= Bends; k++)
            weights[k] = bendDb * ((2 * random.NextDouble()) - 1) / k;
        return weights;
    }

    /// <summary>Adds a gain to every frame of raw features, in place.</summary>
    public void Apply(FeatureMatrix clip, double[] weights)
    {
        foreach ((int row, float shift) in Shifts(weights))
            foreach (ref float value in clip.Row(row))
                value += shift;
    }

    /// <summary>The same for the mean over utterances of their statistics, [features, statistics]: what says where a feature lies moves.</summary>
    public void ApplyToStatistics(FeatureMatrix statistics, double[] weights)
    {
        foreach ((int row, float shift) in Shifts(weights))
            foreach (int place in UtteranceStatistics.Locations)
                statistics.Row(row)[place] += shift;
    }

    private IEnumerable<(int Row, float Shift)> Shifts(double[] weights)
    {
        if (mel is not { } bands || weights.Length == 0)
            yield break;
        for (int band = 0; band < bands.Count; band++)
            yield return (bands.First + band, (float)weights.Index().Sum(weight => weight.Item * Math.Cos(Math.PI * weight.Index * (band + 0.5) / bands.Count)));
        // The orthonormal transform of a cosine: its weight times the root of half the bands, of all of them for the constant.
        for (int k = 0; k < Math.Min(weights.Length, mfcc?.Count ?? 0); k++)
            yield return (mfcc!.Value.First + k, (float)(weights[k] * Math.Sqrt(k == 0 ? bands.Count : bands.Count / 2.0)));
    }
}
