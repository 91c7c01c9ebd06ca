using System.Xml.Linq;
using SkiaSharp;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

internal sealed class FeaturesPlotTests
{
    private static readonly FeatureExtractor Extractor = new(new FeatureSettings());

    [Test]
    public void Draw_Recording_NamesFileRateFramesAndWhatWasCut()
    {
        float[] samples = [.. new float[12207], .. TestSignals.Sine(24414, 440, 24414), .. new float[12207]];
        string[] texts = Texts(Draw(samples, 24414));
        Assert.That(texts, Does.Contain("clip.wav"));
        Assert.That(texts,
            Has.Some.StartsWith("24,414 Hz, 2.00 s. Features at 16,000 Hz: frames of 25 ms every 10 ms, 1")
                .And.Some.EndsWith(", from 0.38 to 1.62 s"));
        Assert.That(texts, Does.Contain("1k").And.Contain("C♯").And.Contain("time in seconds"));
        Assert.That(texts.Count(text => text.EndsWith(" dB", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public void Png_ToneBetweenSilences_IsBrightAtItsTimeAndFrequencyAlone()
    {
        float[] samples = [.. TestSignals.Noise(8000).Select(x => 1e-3f * x), .. TestSignals.Sine(8000, 1000),
            .. TestSignals.Noise(8000).Select(x => 1e-3f * x)];
        FeatureExtractor mel = new(new FeatureSettings { Mfcc = 0, Chroma = 0, TrimDb = 0 });
        using SKBitmap picture = SKBitmap.Decode(FeaturesPlot.Draw("clip.wav", ExtractedClip.From(new Waveform(samples, 16000), mel), mel)
            .Png());
        // The mel panel is 250 pixels high and ends 62 pixels above the picture's lower edge, behind a gap of 14.
        int bottom = picture.Height - 62 - 14;
        double row = FeatureAxis.CreateTicks(mel.Blocks[0], mel.Settings).Single(tick => tick.Label == "1k").Row;
        int tone = bottom - (int)((row + 0.5) * 250 / 64), above = bottom - 200;
        int At(double second) => 92 + (int)(second / 1.5 * (1200 - 132 - 92));
        Assert.That(Light(At(0.75), tone), Is.GreaterThan(150));
        Assert.That(new[] { Light(At(0.25), tone), Light(At(1.25), tone), Light(At(0.75), above) }, Is.All.LessThan(80));

        int Light(int x, int y) => picture.GetPixel(x, y).Red;
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(1600)]
    [TestCase(16000 * 601)]
    public void Png_AnyLength_IsDrawn(int samples)
    {
        using SKBitmap picture = SKBitmap.Decode(Draw(TestSignals.Noise(samples), 16000).Png());
        Assert.That(picture.Width, Is.EqualTo(1200));
    }

    [Test]
    public void Draw_SilenceAndEveryFeature_HasAPanelEach()
    {
        FeatureExtractor extractor = new(new FeatureSettings { Deltas = 2, Rms = true, Zcr = true, Centroid = true, Pitch = true });
        string[] texts = Texts(FeaturesPlot.Draw("silence.wav", ExtractedClip.From(new Waveform(new float[8000], 8000), extractor),
            extractor));
        foreach (string title in new[] { "mel", "MFCC", "deltas", "delta-deltas", "chroma", "level", "zero-crossing", "spectral centroid",
            "pitch", "voicing" })
            Assert.That(texts, Has.Some.StartsWith(title));
    }

    private static Figure Draw(float[] samples, int rate) =>
        FeaturesPlot.Draw("clip.wav", ExtractedClip.From(new Waveform(samples, rate), Extractor), Extractor);

    private static string[] Texts(Figure figure) =>
        [.. XDocument.Parse(figure.Svg()).Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value.Trim())];
}
