using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

internal sealed class SpeechLevelTests
{
    private static readonly FeatureSettings Settings = new() { TrimDb = 0, HighPassHz = 30, LevelDb = -26 };

    [Test]
    public void Measure_PausesAndTheirNoise_DoNotCount()
    {
        float[] tone = [.. Enumerable.Range(0, 16000).Select(i => (float)(0.1 * Math.Sin(Math.Tau * 440 * i / 16000)))];
        float[] pause = TestSignals.WhiteNoise(3, 0.001);
        double expected = 0.1 * 0.1 / 2;
        Assert.That(SpeechLevel.Measure(tone, Settings), Is.EqualTo(expected).Within(1e-5));
        Assert.That(SpeechLevel.Measure([.. pause, .. tone, .. pause], Settings), Is.EqualTo(expected).Within(0.02 * expected));
        Assert.That(SpeechLevel.Measure(TestSignals.Silence(1), Settings), Is.Zero);
    }

    [TestCase(20)]
    [TestCase(-20)]
    [TestCase(-40)]
    public void Extract_OtherGain_GivesTheSameFeatures(double decibels)
    {
        float[] speech = TestSignals.Speech(2);
        FeatureExtractor extractor = new(Settings);
        float gain = (float)Math.Pow(10, decibels / 20);
        float[] changed = Array.ConvertAll(speech, x => x * gain);
        Assert.That(Difference(extractor, speech, changed), Is.LessThan(1e-3));
        FeatureExtractor without = new(Settings with { LevelDb = 0 });
        Assert.That(Difference(without, speech, changed), Is.GreaterThan(Math.Abs(decibels) - 1), "the level is among the features");
    }

    [Test]
    public void Extract_ConstantOffset_GivesNearlyTheSameFeatures()
    {
        float[] speech = TestSignals.Speech(2), offset = Array.ConvertAll(speech, x => x + 0.1f);
        FeatureSettings mel = Settings with { Mfcc = 0, Chroma = 0 };
        Assert.That(Difference(new FeatureExtractor(mel), speech, offset), Is.LessThan(0.1));
        Assert.That(Difference(new FeatureExtractor(mel with { HighPassHz = 0 }), speech, offset), Is.GreaterThan(3));
    }

    [Test]
    public void Extract_Floor_IsTheLevelOfWhiteNoiseInEveryMelBand()
    {
        FeatureSettings plain = new() { TrimDb = 0, Mfcc = 0, Chroma = 0 };
        float[] noise = TestSignals.WhiteNoise(20, 0.01);
        double level = 10 * Math.Log10(noise.Average(x => (double)x * x));
        FeatureMatrix measured = new FeatureExtractor(plain).Extract(noise);
        FeatureMatrix floor = new FeatureExtractor(plain with { FloorDb = level }).Extract(TestSignals.Silence(1));
        for (int band = 0; band < plain.MelBands; band++)
        {
            double mean = 10 * Math.Log10(measured.Row(band).ToArray().Average(x => Math.Pow(10, x / 10)));
            Assert.That(floor.Row(band)[5], Is.EqualTo(mean).Within(1), $"band {band}");
        }
    }

    [Test]
    public void Extract_Silence_IsFinite() =>
        Assert.That(new FeatureExtractor(Settings).Extract(TestSignals.Silence(1)).Values, Is.All.Matches<float>(float.IsFinite));

    private static double Difference(FeatureExtractor extractor, float[] a, float[] b) =>
        extractor.Extract(a).Values.Zip(extractor.Extract(b).Values, (x, y) => Math.Abs((double)x - y)).Max();
}
