using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

public sealed class PitchTests
{
    private const int Rate = 16000;

    private static readonly FeatureExtractor Extractor =
        new(new FeatureSettings { Mel = false, Mfcc = 0, Chroma = 0, TrimDb = 0, Pitch = true });

    [TestCase(75)]
    [TestCase(110)]
    [TestCase(220)]
    [TestCase(330)]
    [TestCase(450)]
    public void Extract_HarmonicTone_IsItsPitch(double hertz)
    {
        FeatureMatrix clip = Extractor.Extract(HarmonicTone(1, _ => hertz));
        foreach (float semitones in clip.Row(0)[5..^5])
            Assert.That(semitones, Is.EqualTo(Semitones(hertz)).Within(0.3));
        Assert.That(clip.Row(1)[5..^5].ToArray(), Is.All.GreaterThan(0.6f));
    }

    [Test]
    public void Extract_MissingFundamental_IsStillItsPitch()
    {
        FeatureMatrix clip = Extractor.Extract(HarmonicTone(1, _ => 120, lowestHarmonic: 3));
        Assert.That(clip.Row(0)[50], Is.EqualTo(Semitones(120)).Within(0.3));
    }

    [Test]
    public void Extract_Glide_IsFollowed()
    {
        FeatureMatrix clip = Extractor.Extract(HarmonicTone(2, t => 120 * Math.Pow(2, t / 2)));
        for (int frame = 5; frame < clip.Frames - 5; frame++)
            Assert.That(clip.Row(0)[frame], Is.EqualTo(Semitones(120 * Math.Pow(2, frame * 0.01 / 2))).Within(0.5), $"frame {frame}");
    }

    [Test]
    public void Extract_PauseBetweenTwoTones_IsCrossedWithoutJumpingElsewhere()
    {
        float[] samples = [.. HarmonicTone(0.5, _ => 150), .. new float[Rate / 2], .. HarmonicTone(0.5, _ => 200)];
        FeatureMatrix clip = Extractor.Extract(samples);
        Assert.That(clip.Row(0).ToArray(), Is.All.InRange(Semitones(150) - 0.5, Semitones(200) + 0.5));
        Assert.That(clip.Row(1)[75], Is.Zero);
    }

    [Test]
    public void Extract_Noise_IsHardlyVoiced()
    {
        var random = new SeededRandom(1);
        FeatureMatrix clip = Extractor.Extract([.. Enumerable.Range(0, Rate).Select(_ => (float)((0.2 * random.NextDouble()) - 0.1))]);
        float[] voicing = clip.Row(1).ToArray();
        Assert.That(voicing.Average(), Is.LessThan(0.45));
    }

    [Test]
    public void Extract_Louder_IsTheSamePitch()
    {
        float[] samples = HarmonicTone(0.5, _ => 180);
        FeatureMatrix quiet = Extractor.Extract([.. samples.Select(sample => sample / 64)]);
        Assert.That(quiet.Values, Is.EqualTo(Extractor.Extract(samples).Values).Within(1e-4));
    }

    private static double Semitones(double hertz) => 12 * Math.Log2(hertz / 100);

    // Harmonics that fall by 6 dB an octave up to 4 kHz.
    private static float[] HarmonicTone(double seconds, Func<double, double> pitch, int lowestHarmonic = 1)
    {
        float[] samples = new float[(int)(seconds * Rate)];
        double phase = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double hertz = pitch((double)i / Rate), value = 0;
            phase += 2 * Math.PI * hertz / Rate;
            for (int harmonic = lowestHarmonic; harmonic * hertz < 4000; harmonic++)
                value += Math.Sin(harmonic * phase) / harmonic;
            samples[i] = (float)(0.1 * value);
        }
        return samples;
    }
}
