using SpeechEmotion.Augmentation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Augmentation;

public sealed class EqualiserTests
{
    private static readonly FeatureSettings Features = new() { MelBands = 40, Mfcc = 20, Chroma = 12, Pitch = true };

    [Test]
    public void Apply_AnyGain_MovesTheMfccAsTheTransformOfTheBandsDoes()
    {
        (FeatureLayout layout, Equaliser equaliser) = New(new AugmentationSettings { GainDb = 6, EqualiserDb = 8 });
        FeatureMatrix clip = Noise(layout.Count), before = Noise(layout.Count);
        equaliser.Apply(clip, equaliser.Draw(Seeds.Random(1, "gain")));
        FeatureBlock mel = layout.Find(FeatureKind.Mel)!.Value, mfcc = layout.Find(FeatureKind.Mfcc)!.Value;
        for (int k = 0; k < mfcc.Count; k++)
        {
            double shift = Enumerable.Range(0, mel.Count)
                .Sum(band => CosineTransform.Weight(k, band, mel.Count)
                    * (double)(clip.Row(mel.First + band)[3] - before.Row(mel.First + band)[3]));
            Assert.That(clip.Row(mfcc.First + k)[3] - before.Row(mfcc.First + k)[3], Is.EqualTo(shift).Within(1e-3), $"coefficient {k}");
        }
        Assert.That(clip.Row(mel.First)[0], Is.Not.EqualTo(before.Row(mel.First)[0]).Within(0.01));
        for (int row = mfcc.First + mfcc.Count; row < layout.Count; row++)
            Assert.That(clip.Row(row).ToArray(), Is.EqualTo(before.Row(row).ToArray()), "chroma and pitch stay");
    }

    [Test]
    public void ApplyToStatistics_AnyGain_EqualsTheStatisticsOfTheChangedClip()
    {
        (FeatureLayout layout, Equaliser equaliser) = New(new AugmentationSettings { GainDb = 6, EqualiserDb = 8 });
        double[] gain = equaliser.Draw(Seeds.Random(2, "gain"));
        FeatureMatrix clip = Noise(layout.Count);
        var statistics = new FeatureMatrix(UtteranceStatistics.Compute(clip), layout.Count, UtteranceStatistics.Names.Count);
        equaliser.ApplyToStatistics(statistics, gain);
        equaliser.Apply(clip, gain);
        Assert.That(statistics.Values, Is.EqualTo(UtteranceStatistics.Compute(clip)).Within(1e-3));
    }

    [Test]
    public void Draw_Bounds_AreKept()
    {
        (_, Equaliser equaliser) = New(new AugmentationSettings { GainDb = 3, EqualiserDb = 8 });
        SeededRandom random = Seeds.Random(3, "gain");
        double[][] draws = [.. Enumerable.Range(0, 2000).Select(_ => equaliser.Draw(random))];
        double[] bounds = [3, 8, 4, 8 / 3.0, 2];
        for (int k = 0; k < bounds.Length; k++)
        {
            Assert.That(draws.Max(draw => Math.Abs(draw[k])), Is.LessThanOrEqualTo(bounds[k]).And.GreaterThan(0.98 * bounds[k]),
                $"cosine {k}");
            Assert.That(draws.Average(draw => draw[k]), Is.Zero.Within(0.05 * bounds[k]));
        }
    }

    [Test]
    public void Draw_NothingAskedFor_TakesNothingFromTheGenerator()
    {
        (_, Equaliser equaliser) = New(new AugmentationSettings());
        SeededRandom one = Seeds.Random(4, "gain"), other = Seeds.Random(4, "gain");
        Assert.That(equaliser.Draw(one), Is.Empty);
        Assert.That(one.NextDouble(), Is.EqualTo(other.NextDouble()));
    }

    private static (FeatureLayout Layout, Equaliser Equaliser) New(AugmentationSettings settings)
    {
        var layout = new FeatureLayout(Features);
        return (layout, new Equaliser(settings, layout));
    }

    private static FeatureMatrix Noise(int rows)
    {
        SeededRandom random = Seeds.Random(5, "noise");
        return new FeatureMatrix([.. Enumerable.Range(0, rows * 30).Select(_ => (float)random.NextDouble())], rows, 30);
    }
}
