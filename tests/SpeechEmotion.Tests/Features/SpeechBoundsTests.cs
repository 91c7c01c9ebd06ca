using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class SpeechBoundsTests
{
    private static readonly FeatureSettings Settings = new() { TrimDb = 35, TrimMargin = 0.1 };

    [Test]
    public void Find_NoiseInSilence_KeepsItAndTheMargin()
    {
        float[] clip = [.. new float[10000], .. TestSignals.Noise(8000), .. new float[6000]];
        (int start, int length) = SpeechBounds.Find(clip, Settings).GetOffsetAndLength(clip.Length);
        Assert.That(start, Is.InRange(10000 - 1600 - 400, 10000 - 1600));
        Assert.That(start + length, Is.InRange(18000 + 1600, 18000 + 1600 + 400));
    }

    [Test]
    public void Find_FramesFartherApartThanLong_StaysInside([Range(990, 1010)] int samples) =>
        Assert.That(() => TestSignals.Noise(samples)[SpeechBounds.Find(TestSignals.Noise(samples),
            Settings with { FrameLength = 100, HopLength = 500 })],
            Is.Not.Empty);

    [TestCase(30, true)]
    [TestCase(40, false)]
    public void Find_QuietTail_IsKeptDownToTheLimit(double decibelsBelow, bool kept)
    {
        float gain = (float)Math.Pow(10, -decibelsBelow / 20);
        float[] clip = [.. TestSignals.Noise(8000), .. TestSignals.Noise(8000).Select(x => x * gain)];
        int end = SpeechBounds.Find(clip, Settings).GetOffsetAndLength(clip.Length) is var (start, length) ? start + length : 0;
        Assert.That(end == clip.Length, Is.EqualTo(kept));
    }

    [Test]
    public void Find_AnySignal_IsNeverEmpty([Values(1, 10, 399, 400, 401, 5000)] int samples, [Values(160, 399, 400)] int hop)
    {
        FeatureSettings settings = Settings with { TrimMargin = 0, HopLength = hop };
        float[] click = new float[samples];
        click[samples / 2] = 1;
        foreach (float[] clip in new[] { new float[samples], TestSignals.Noise(samples), click })
        {
            (_, int length) = SpeechBounds.Find(clip, settings).GetOffsetAndLength(samples);
            Assert.That(length, Is.Positive);
        }
        (int at, int kept) = SpeechBounds.Find(click, settings).GetOffsetAndLength(samples);
        Assert.That(samples / 2, Is.InRange(at, at + kept - 1));
    }
}
