using SpeechEmotion.Augmentation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Augmentation;

public class FeatureAugmentationTests
{
    private const int Bands = 16, Coefficients = 6, Frames = 50;

    private static readonly FeatureExtractor Extractor =
        new(new FeatureSettings { MelBands = Bands, Mfcc = Coefficients, Chroma = 0, Rms = true });

    private static readonly AugmentationSettings Everything = new()
    {
        Tempo = 0.2, Vtlp = 0.1, CropSeconds = 0.3, TimeMasks = 2, TimeMaskFrames = 8, MelMasks = 2, MelMaskBands = 4,
    };

    [Test]
    public void Apply_NoneIsOn_GivesAnEqualCopy()
    {
        FeatureMatrix clip = Clip(1);
        var none = new FeatureAugmentation(new AugmentationSettings(), Extractor.Settings);
        FeatureMatrix changed = Apply(none, clip, 1).Features;
        none.PerturbStatistics(changed, Random(2));
        none.Mask(changed, Random(2));
        Assert.That(changed.Values, Is.EqualTo(clip.Values).And.Not.SameAs(clip.Values));
        Assert.That(changed.Frames, Is.EqualTo(clip.Frames));
    }

    [Test]
    public void Apply_SameSeed_GivesTheSameBitsAndAnotherSeedOthers()
    {
        float[] first = Changed(Everything, 1).Values;
        Assert.That(Changed(Everything, 1).Values, Is.EqualTo(first));
        Assert.That(Changed(Everything, 2).Values, Is.Not.EqualTo(first));
    }

    [Test]
    public void Apply_Everything_LeavesTheGivenClip()
    {
        FeatureMatrix clip = Clip(1);
        float[] before = [.. clip.Values];
        var augmentation = new FeatureAugmentation(Everything, Extractor.Settings);
        for (int seed = 0; seed < 20; seed++)
            augmentation.Mask(Apply(augmentation, clip, seed).Features, Random(seed));
        Assert.That(clip.Values, Is.EqualTo(before));
    }

    [Test]
    public void Apply_Tempo_ChangesTheLengthWithinItsBounds()
    {
        int[] lengths = [.. Enumerable.Range(0, 300).Select(seed => Changed(new AugmentationSettings { Tempo = 0.25 }, seed).Frames)];
        Assert.That(lengths, Is.All.InRange(40, 63), "from 50 / 1.25 to 50 × 1.25, rounded");
        Assert.That(lengths.Min(), Is.LessThan(43));
        Assert.That(lengths.Max(), Is.GreaterThan(58));
        Assert.That(lengths.Count(length => length < Frames), Is.InRange(110, 190), "slower as likely as faster");
    }

    [Test]
    public void Apply_Tempo_KeepsTheContour()
    {
        // A ramp stays a ramp with the same ends.
        var ramp = new FeatureMatrix(new float[Extractor.Count * Frames], Extractor.Count, Frames);
        for (int row = 0; row < ramp.Features; row++)
            for (int frame = 0; frame < Frames; frame++)
                ramp.Row(row)[frame] = frame;
        var augmentation = new FeatureAugmentation(new AugmentationSettings { Tempo = 0.25 }, Extractor.Settings);
        for (int seed = 0; seed < 20; seed++)
        {
            FeatureMatrix changed = Apply(augmentation, ramp, seed).Features;
            float[] expected = [.. Enumerable.Range(0, changed.Frames).Select(frame => frame * 49f / (changed.Frames - 1))];
            Assert.That(changed.Row(3).ToArray(), Is.EqualTo(expected).Within(1e-4));
        }
    }

    [Test]
    public void Apply_Crop_IsASectionOfTheClip()
    {
        FeatureMatrix clip = Clip(1);
        HashSet<int> starts = [];
        for (int seed = 0; seed < 100; seed++)
        {
            // 0.3 s in frames of 10 ms.
            FeatureMatrix chunk = Apply(new(new AugmentationSettings { CropSeconds = 0.3 }, Extractor.Settings), clip, seed).Features;
            Assert.That(chunk.Frames, Is.EqualTo(30));
            int start = Enumerable.Range(0, 21).Single(at => clip.Row(0).Slice(at, 30).SequenceEqual(chunk.Row(0)));
            Assert.That(chunk.Row(clip.Features - 1).SequenceEqual(clip.Row(clip.Features - 1).Slice(start, 30)), Is.True);
            starts.Add(start);
        }
        Assert.That(starts, Does.Contain(0).And.Contain(20).And.Count.GreaterThan(15));
    }

    [Test]
    public void Apply_Vtlp_KeepsTheMfccTheTransformOfTheMelBands()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            FeatureMatrix clip = Clip(seed),
                changed = Apply(new(new AugmentationSettings { Vtlp = 0.3 }, Extractor.Settings), clip, seed).Features;
            Assert.That(changed.Row(4).SequenceEqual(clip.Row(4)), Is.False);
            AssertMfccFollowMel(changed);
            Assert.That(changed.Row(changed.Features - 1).SequenceEqual(clip.Row(changed.Features - 1)), Is.True,
                "the level is not on the mel axis");
        }
    }

    [Test]
    public void PerturbStatistics_EachFeature_IsShiftedAndScaledAsAWhole()
    {
        var augmentation = new FeatureAugmentation(new AugmentationSettings { StatisticsPerturbation = 0.2 }, Extractor.Settings);
        List<double> shifts = [], stretches = [];
        for (int seed = 0; seed < 50; seed++)
        {
            FeatureMatrix ramp = Ones();
            for (int row = 0; row < ramp.Features; row++)
                for (int frame = 0; frame < Frames; frame++)
                    ramp.Row(row)[frame] = frame;
            augmentation.PerturbStatistics(ramp, Random(seed));
            for (int row = 0; row < ramp.Features; row++)
            {
                float shift = ramp.Row(row)[0], stretch = ramp.Row(row)[1] - shift;
                Assert.That(ramp.Row(row).ToArray(),
                    Is.EqualTo(Enumerable.Range(0, Frames).Select(frame => shift + (stretch * frame))).Within(1e-3));
                shifts.Add(shift);
                stretches.Add(Math.Log(stretch));
            }
        }
        foreach (List<double> drawn in new[] { shifts, stretches })
        {
            Assert.That(drawn.Average(), Is.EqualTo(0).Within(0.03), $"{drawn.Count} draws");
            Assert.That(Math.Sqrt(drawn.Average(value => value * value)), Is.EqualTo(0.2).Within(0.03));
        }
    }

    [Test]
    public void Mask_Spans_StayWithinTheirBounds()
    {
        int widestTime = 0, widestMel = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            FeatureMatrix clip = Ones();
            new FeatureAugmentation(new AugmentationSettings { TimeMasks = 1, TimeMaskFrames = 8 }, Extractor.Settings)
                .Mask(clip, Random(seed));
            int[] hidden = [.. Enumerable.Range(0, Frames).Where(frame => clip.Row(0)[frame] == 0)];
            AssertOneSpan(hidden, 8);
            for (int row = 0; row < clip.Features; row++)
                Assert.That(clip.Row(row).Count(0f), Is.EqualTo(hidden.Length), "a frame is masked in all features");
            widestTime = Math.Max(widestTime, hidden.Length);

            FeatureMatrix bands = Ones();
            new FeatureAugmentation(new AugmentationSettings { MelMasks = 1, MelMaskBands = 4 }, Extractor.Settings)
                .Mask(bands, Random(seed));
            int[] silent = [.. Enumerable.Range(0, bands.Features).Where(row => bands.Row(row)[0] == 0)];
            AssertOneSpan(silent, 4);
            Assert.That(silent, Is.All.LessThan(Bands), "only mel bands are masked");
            widestMel = Math.Max(widestMel, silent.Length);
        }
        Assert.That((widestTime, widestMel), Is.EqualTo((8, 4)));
    }

    [Test]
    public void Mask_ShortClip_HidesAtMostAFifth()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var clip = new FeatureMatrix([.. Enumerable.Repeat(1f, Extractor.Count * 10)], Extractor.Count, 10);
            new FeatureAugmentation(new AugmentationSettings { TimeMasks = 1, TimeMaskFrames = 15 }, Extractor.Settings)
                .Mask(clip, Random(seed));
            Assert.That(clip.Row(0).Count(0f), Is.LessThanOrEqualTo(2));
        }
    }

    [Test]
    public void Apply_OneFrame_StaysOneFrame()
    {
        var clip = new FeatureMatrix([.. Enumerable.Repeat(1f, Extractor.Count)], Extractor.Count, 1);
        var augmentation = new FeatureAugmentation(Everything, Extractor.Settings);
        FeatureMatrix changed = Apply(augmentation, clip, 1).Features;
        Assert.That(() => augmentation.Mask(changed, Random(1)), Throws.Nothing);
        Assert.That(changed.Frames, Is.EqualTo(1));
    }

    private static void AssertOneSpan(int[] hidden, int longest)
    {
        Assert.That(hidden, Has.Length.LessThanOrEqualTo(longest));
        if (hidden.Length > 0)
            Assert.That(hidden[^1] - hidden[0], Is.EqualTo(hidden.Length - 1));
    }

    /// <summary>Orthonormal DCT-II, written out.</summary>
    private static void AssertMfccFollowMel(FeatureMatrix clip)
    {
        for (int c = 0; c < Coefficients; c++)
            for (int frame = 0; frame < clip.Frames; frame++)
            {
                double sum = 0;
                for (int band = 0; band < Bands; band++)
                    sum += clip.Row(band)[frame] * Math.Cos(Math.PI * c * ((2 * band) + 1) / (2.0 * Bands));
                Assert.That(clip.Row(Bands + c)[frame], Is.EqualTo(sum * Math.Sqrt((c == 0 ? 1.0 : 2.0) / Bands)).Within(2e-3));
            }
    }

    /// <summary>Features of noise that rises and falls.</summary>
    private static FeatureMatrix Clip(int seed)
    {
        SeededRandom random = Random(seed);
        float[] samples = [.. Enumerable.Range(0, (Frames - 1) * Extractor.Settings.HopLength)
            .Select(i => (float)((random.NextDouble() - 0.5) * (0.6 + (0.3 * Math.Sin(i * 0.001)))))];
        FeatureMatrix clip = Extractor.Extract(samples);
        Assert.That((clip.Frames, Extractor.Blocks[0], Extractor.Blocks[1]),
            Is.EqualTo((Frames, new FeatureBlock(FeatureKind.Mel, 0, Bands), new FeatureBlock(FeatureKind.Mfcc, Bands, Coefficients))));
        return clip;
    }

    private static FeatureMatrix Ones() => new([.. Enumerable.Repeat(1f, Extractor.Count * Frames)], Extractor.Count, Frames);

    private static FeatureMatrix Changed(AugmentationSettings settings, int seed) =>
        Apply(new(settings, Extractor.Settings), Clip(1), seed).Features;

    private static (FeatureMatrix Features, SpeakerPerturbation Change) Apply(
        FeatureAugmentation augmentation, FeatureMatrix clip, int seed)
    {
        SeededRandom random = Random(seed);
        return augmentation.Apply(clip, random, random);
    }

    private static SeededRandom Random(int seed) => Seeds.Random(seed, "augmentation");
}
