using SpeechEmotion.Augmentation;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Augmentation;

public sealed class VtlpTests
{
    private const int Rate = 16000;

    private static readonly FeatureSettings Settings =
        new() { MelBands = 80, Mfcc = 20, Chroma = 12, Pitch = true, Centroid = true, TrimDb = 0 };

    [TestCase(1.1)]
    [TestCase(0.85)]
    public void Apply_HarmonicTone_ApproachesTheToneWithScaledFrequencies(double factor)
    {
        var extractor = new FeatureExtractor(Settings);
        FeatureMatrix warped = extractor.Extract(FormantTone(1)), target = extractor.Extract(FormantTone(factor)),
            plain = extractor.Extract(FormantTone(1));
        new Vtlp(Settings).Apply(warped, factor);
        foreach (FeatureBlock block in extractor.Blocks)
            Assert.That(Distance(warped, target, block), Is.LessThan(0.55 * Distance(plain, target, block)), $"{block.Kind}");
    }

    [Test]
    public void Apply_Pitch_GoesUpBySemitones()
    {
        var extractor = new FeatureExtractor(Settings);
        FeatureMatrix clip = extractor.Extract(FormantTone(1));
        float before = clip.Row(clip.Features - 2)[40];
        new Vtlp(Settings).Apply(clip, Math.Pow(2, 3 / 12.0));
        Assert.That(clip.Row(clip.Features - 2)[40], Is.EqualTo(before + 3).Within(1e-4));
    }

    [TestCase(1.1)]
    [TestCase(0.85)]
    public void ApplyToStatistics_GlidingTone_ApproachesTheStatisticsOfTheWarpedClip(double factor)
    {
        var extractor = new FeatureExtractor(Settings);
        FeatureMatrix clip = extractor.Extract(Gliding()), warped = extractor.Extract(Gliding());
        FeatureMatrix Whole(FeatureMatrix of) => new(UtteranceStatistics.Compute(of), of.Features, UtteranceStatistics.Names.Count);
        FeatureMatrix plain = Whole(clip), statistics = Whole(clip);
        new Vtlp(Settings).Apply(warped, factor);
        FeatureMatrix target = Whole(warped);
        new Vtlp(Settings).ApplyToStatistics(statistics, factor);
        foreach (FeatureBlock block in extractor.Blocks)
        {
            double moved = 0, left = 0;
            for (int row = block.First; row < block.First + block.Count; row++)
                foreach (int place in UtteranceStatistics.Locations)
                    (moved, left) = (moved + Math.Abs(plain.Row(row)[place] - target.Row(row)[place]),
                        left + Math.Abs(statistics.Row(row)[place] - target.Row(row)[place]));
            Assert.That(left, Is.LessThanOrEqualTo(0.5 * moved), $"{block.Kind}");
        }
        FeatureBlock pitch = extractor.Blocks.Single(block => block.Kind == FeatureKind.Pitch);
        Assert.That(statistics.Row(pitch.First).ToArray(), Is.EqualTo(target.Row(pitch.First).ToArray()).Within(2e-3));
    }

    [Test]
    public void Apply_FactorOne_ChangesNothing()
    {
        FeatureMatrix clip = new FeatureExtractor(Settings).Extract(FormantTone(1));
        float[] before = [.. clip.Values];
        new Vtlp(Settings).Apply(clip, 1);
        Assert.That(clip.Values, Is.EqualTo(before));
    }

    // Mean absolute difference over the middle frames.
    private static double Distance(FeatureMatrix a, FeatureMatrix b, FeatureBlock block)
    {
        double sum = 0;
        for (int row = block.First; row < block.First + block.Count; row++)
            for (int frame = 10; frame < a.Frames - 10; frame++)
                sum += Math.Abs(a.Row(row)[frame] - b.Row(row)[frame]);
        return sum;
    }

    // A tone of rising level, after a softer one of lower formants.
    private static float[] Gliding()
    {
        float[] first = FormantTone(0.8), second = FormantTone(1);
        return [.. first.Select(sample => sample / 4), .. second.Select((sample, i) => sample * (0.2f + (0.8f * i / second.Length)))];
    }

    // Harmonics of 140 Hz under three broad formants, over a quiet floor that fills the gaps.
    private static float[] FormantTone(double factor)
    {
        float[] samples = new float[Rate];
        var random = new SeededRandom(1);
        for (int i = 0; i < samples.Length; i++)
        {
            double value = 0.002 * (random.NextDouble() - 0.5);
            for (int harmonic = 1; harmonic < 30; harmonic++)
            {
                double hertz = 140 * harmonic;
                double level = new[] { 500.0, 1500, 2500 }.Sum(formant => Math.Exp(-Math.Abs(hertz - formant) / 250));
                value += 0.05 * level * Math.Sin(2 * Math.PI * hertz * factor * i / Rate);
            }
            samples[i] = (float)value;
        }
        return samples;
    }
}
