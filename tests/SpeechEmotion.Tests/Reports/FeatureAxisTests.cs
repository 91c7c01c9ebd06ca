using SpeechEmotion.Features;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

internal sealed class FeatureAxisTests
{
    // The mark of a frequency is on the band in which a tone of that frequency has its maximum.
    [TestCase(500, "500")]
    [TestCase(1000, "1k")]
    [TestCase(2000, "2k")]
    [TestCase(4000, "4k")]
    public void CreateTicks_Mel_MarksTheBandThatATonePeaksIn(double hertz, string label)
    {
        FeatureExtractor extractor = new(new FeatureSettings { Mfcc = 0, Chroma = 0, TrimDb = 0 });
        FeatureMatrix mel = extractor.Extract(TestSignals.Sine(8000, hertz));
        int loudest = Enumerable.Range(0, mel.Features).MaxBy(row => mel.Row(row)[25]);
        RowTick mark = FeatureAxis.CreateTicks(extractor.Blocks[0], extractor.Settings).Single(tick => tick.Label == label);
        Assert.That(mark.Row, Is.EqualTo(loudest).Within(0.75));
    }

    [Test]
    public void CreateTicks_Mel_MarksOnlyWhatTheBandsCover()
    {
        FeatureSettings settings = new() { MelLow = 200, MelHigh = 3500 };
        Assert.That(FeatureAxis.CreateTicks(new FeatureBlock(FeatureKind.Mel, 0, 64), settings).Select(tick => tick.Label),
            Is.EqualTo(new[] { "250", "500", "1k", "2k" }));
    }

    [Test]
    public void CreateTicks_Chroma_NamesThePitchClasses()
    {
        IReadOnlyList<RowTick> ticks = FeatureAxis.CreateTicks(new FeatureBlock(FeatureKind.Chroma, 0, 12), new FeatureSettings());
        Assert.That(ticks.Select(tick => tick.Label),
            Is.EqualTo(new[] { "C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B" }));
        Assert.That(ticks.Select(tick => tick.Row), Is.EqualTo(Enumerable.Range(0, 12)));
    }

    [TestCase(FeatureKind.Mfcc, 40, "0 10 20 30")]
    [TestCase(FeatureKind.Mfcc, 13, "0 5 10")]
    [TestCase(FeatureKind.Chroma, 24, "0 5 10 15 20")]
    public void CreateTicks_OtherRows_CountsThem(FeatureKind kind, int count, string labels) =>
        Assert.That(string.Join(' ', FeatureAxis.CreateTicks(new FeatureBlock(kind, 0, count), new FeatureSettings())
            .Select(tick => tick.Label)), Is.EqualTo(labels));
}
