using SpeechEmotion.Augmentation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Augmentation;

internal sealed class LineTests
{
    private static readonly FeatureSettings Features = new() { MelBands = 40, Mfcc = 20, Pitch = true, LevelDb = -26, FloorDb = -90 };
    private static readonly FeatureLayout Layout = new(Features);
    private static readonly FeatureBlock Mel = Layout.Find(FeatureKind.Mel)!.Value;
    private static readonly FeatureBlock Mfcc = Layout.Find(FeatureKind.Mfcc)!.Value;
    private static readonly AugmentationSettings Always = new() { Line = 1 };

    [Test]
    public void Apply_Noise_IsThatOfWhiteNoiseAddedToTheSamples()
    {
        float[] speech = [.. TestSignals.Speech(2)], noise = TestSignals.WhiteNoise(2, 1);
        FeatureSettings plain = Features with { LevelDb = 0, TrimDb = 0, FloorDb = 0 };
        // 40 dB below the nominal level of speech.
        double power = Math.Pow(10, (-26 - 40) / 10.0), gain = Math.Sqrt(power / noise.Average(x => (double)x * x));
        var extractor = new FeatureExtractor(plain);
        FeatureMatrix expected = extractor.Extract([.. speech.Zip(noise, (x, n) => x + (float)(gain * n))]);
        FeatureMatrix clip = extractor.Extract(speech);
        double density = Decibels.FloorPower(plain with { FloorDb = -66 });
        new Line(Always, plain).Apply(clip, new LineResponse([.. Enumerable.Repeat(1.0, Mel.Count)], density));
        // Averages over all frames: the power of noise in one band of one frame is itself random.
        for (int band = 0; band < Mel.Count; band++)
            Assert.That(Mean(clip.Row(band)), Is.EqualTo(Mean(expected.Row(band))).Within(3), $"band {band}");
        Assert.That(Enumerable.Range(0, Mel.Count).Average(band => Mean(clip.Row(band)) - Mean(expected.Row(band))), Is.Zero.Within(1.2));
    }

    [Test]
    public void Apply_AnyLine_MovesTheMfccAsTheTransformOfTheBandsDoes()
    {
        (Line line, LineResponse response) = Drawn(1);
        FeatureMatrix clip = Speech(), before = Speech();
        line.Apply(clip, response);
        for (int k = 0; k < Mfcc.Count; k++)
        {
            double shift = Enumerable.Range(0, Mel.Count)
                .Sum(band => CosineTransform.Weight(k, band, Mel.Count)
                    * (double)(clip.Row(Mel.First + band)[3] - before.Row(Mel.First + band)[3]));
            Assert.That(clip.Row(Mfcc.First + k)[3] - before.Row(Mfcc.First + k)[3], Is.EqualTo(shift).Within(1e-2), $"coefficient {k}");
        }
        for (int row = Mfcc.First + Mfcc.Count; row < Layout.Count; row++)
            Assert.That(clip.Row(row).ToArray(), Is.EqualTo(before.Row(row).ToArray()), "chroma and pitch stay");
    }

    [Test]
    public void ApplyToStatistics_AnyLine_GivesThePercentilesOfTheChangedClip()
    {
        foreach (int seed in new[] { 1, 2, 3 })
        {
            (Line line, LineResponse response) = Drawn(seed);
            FeatureMatrix clip = Speech();
            int width = UtteranceStatistics.Names.Count;
            var statistics = new FeatureMatrix(UtteranceStatistics.Compute(clip), Layout.Count, width);
            line.ApplyToStatistics(statistics, response);
            line.Apply(clip, response);
            var expected = new FeatureMatrix(UtteranceStatistics.Compute(clip), Layout.Count, width);
            for (int band = 0; band < Mel.Count; band++)
                foreach (int location in UtteranceStatistics.Locations.Where(index => index != UtteranceStatistics.Mean))
                    Assert.That(statistics.Row(band)[location], Is.EqualTo(expected.Row(band)[location]).Within(0.5), $"band {band}");
        }
    }

    [Test]
    public void Apply_OutsideTheBand_NothingIsLeftButTheFloor()
    {
        (Line line, LineResponse response) = Enumerable.Range(1, 50).Select(Drawn).First(drawn => drawn.Response.Gains[^1] < 1e-9);
        FeatureMatrix clip = Speech();
        line.Apply(clip, response);
        double floor = 10 * Math.Log10(Decibels.FloorPower(Features));
        Assert.That(clip.Row(Mel.First + Mel.Count - 1).ToArray(), Is.All.EqualTo(floor).Within(0.1));
    }

    [Test]
    public void Draw_Share_IsKept()
    {
        var line = new Line(new AugmentationSettings { Line = 0.3 }, Features);
        SeededRandom random = Seeds.Random(3, "line");
        Assert.That(Enumerable.Range(0, 3000).Count(_ => line.Draw(random) is not null), Is.EqualTo(900).Within(90));
    }

    [Test]
    public void Draw_NothingAskedFor_TakesNothingFromTheGenerator()
    {
        SeededRandom one = Seeds.Random(4, "line"), other = Seeds.Random(4, "line");
        Assert.That(new Line(new AugmentationSettings(), Features).Draw(one), Is.Null);
        Assert.That(one.NextDouble(), Is.EqualTo(other.NextDouble()));
    }

    private static (Line Line, LineResponse Response) Drawn(int seed)
    {
        var line = new Line(Always, Features);
        return (line, line.Draw(Seeds.Random(seed, "line"))!);
    }

    private static FeatureMatrix Speech() => new FeatureExtractor(Features).Extract(TestSignals.Speech(2));

    private static double Mean(Span<float> row) => row.ToArray().Average();
}
