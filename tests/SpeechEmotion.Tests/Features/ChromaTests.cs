using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class ChromaTests
{
    private static readonly FeatureSettings Chroma = new() { Mel = false, Mfcc = 0, TrimDb = 0, ChromaFftLength = 4096 };

    [TestCase(440, 9)]    // A
    [TestCase(523.25, 0)] // C
    [TestCase(1479.98, 6)] // F sharp
    public void Extract_PureTone_IsLoudestInItsClass(double hertz, int pitchClass)
    {
        FeatureMatrix chroma = new FeatureExtractor(Chroma).Extract(TestSignals.Sine(16000, hertz));
        float[] middle = [.. Enumerable.Range(0, 12).Select(row => chroma.Row(row)[50])];
        Assert.That(middle[pitchClass], Is.EqualTo(1f));
        Assert.That(middle.Where((_, row) => row != pitchClass), Is.All.LessThan(0.5f));
    }

    [TestCase(0.3)]
    [TestCase(-0.4)]
    public void Extract_ToneBetweenClasses_IsInItsClassWhenTuned(double standardDeviation)
    {
        float[] tone = TestSignals.Sine(32000, 440 * Math.Pow(2, standardDeviation / 12));
        float untuned = Neighbour(Chroma), tuned = Neighbour(Chroma with { EstimateTuning = true });
        Assert.That(tuned, Is.LessThan(untuned));

        // The class beside A in the direction of the detuning.
        float Neighbour(FeatureSettings settings) =>
            new FeatureExtractor(settings).Extract(tone).Row(9 + Math.Sign(standardDeviation))[100];
    }

    [Test]
    public void Extract_OtherNumberOfClasses_HasAsManyRows([Values(1, 7, 24, 36)] int classes)
    {
        FeatureMatrix chroma = new FeatureExtractor(Chroma with { Chroma = classes }).Extract(TestSignals.Noise(4000));
        Assert.That(chroma.Features, Is.EqualTo(classes));
        for (int frame = 0; frame < chroma.Frames; frame++)
            Assert.That(Enumerable.Range(0, classes).Max(row => chroma.Row(row)[frame]), Is.EqualTo(1f));
    }
}
