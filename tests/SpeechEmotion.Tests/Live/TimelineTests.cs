using System.Text.Json;
using SkiaSharp;
using SpeechEmotion.Live;
using SpeechEmotion.Reports;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Live;

public class TimelineTests
{
    private static readonly string[] Labels = ["anger", "neutral"];

    [Test]
    public void ToCsv_ShortUtterance_IsOneBandAndALongOneBandsOfEqualEmotion() =>
        Assert.That(Example().ToCsv(), Is.EqualTo("""
            utterance,start,end,emotion,confidence,anger,neutral
            1,0.500,2.000,anger,0.750000,0.750000,0.250000
            2,3.000,10.000,neutral,0.875000,0.125000,0.875000
            2,10.000,16.000,anger,0.625000,0.625000,0.375000

            """.ReplaceLineEndings("\n")));

    [Test]
    public void ToVtt_Bands_AreCaptions() =>
        Assert.That(Example().ToVtt(), Is.EqualTo("""
            WEBVTT

            00:00:00.500 --> 00:00:02.000
            anger 75 %

            00:00:03.000 --> 00:00:10.000
            neutral 88 %

            00:00:10.000 --> 00:00:16.000
            anger 63 %

            """.ReplaceLineEndings("\n")));

    [Test]
    public void ToJson_Bands_AreParseable()
    {
        JsonElement root = JsonDocument.Parse(Example().ToJson()).RootElement;
        Assert.That(root.GetProperty("bands").GetArrayLength(), Is.EqualTo(3));
        Assert.That(root.GetProperty("bands")[1].GetProperty("probabilities").GetProperty("neutral").GetDouble(),
            Is.EqualTo(0.875).Within(1e-6));
    }

    [Test]
    public void Save_Endings_AreWrittenAndOthersRefused()
    {
        using var folder = new TemporaryFolder();
        foreach (string ending in TimelineFile.Endings)
        {
            Example().Save(folder["timeline" + ending]);
            Assert.That(new FileInfo(folder["timeline" + ending]).Length, Is.GreaterThan(50));
        }
        Assert.That(() => Example().Save(folder["timeline.txt"]), Throws.ArgumentException.With.Message.Contains(".vtt"));
    }

    [Test]
    public void ToPng_Bands_ColourTheirTimeAlone()
    {
        Timeline timeline = Example();
        timeline.Envelope.Add(TestSignals.WhiteNoise(16, 0.3), TestSignals.Rate);
        using SKBitmap picture = SKBitmap.Decode(timeline.ToPng());

        Assert.That((picture.Width, picture.Height), Is.EqualTo((1200, 420)));
        // Under the bands' coloured edge, at 1 s, 2.5 s and 12 s of 16.
        Assert.That(picture.GetPixel(24 + 72, 123), Is.EqualTo(SKColor.Parse("#D55E00")));
        Assert.That(picture.GetPixel(24 + 180, 123), Is.EqualTo(SKColors.White));
        Assert.That(picture.GetPixel(24 + 360, 123), Is.EqualTo(SKColor.Parse("#999999")));
        Assert.That(Enumerable.Range(130, 220).Select(y => picture.GetPixel(600, y)), Has.Some.EqualTo(new SKColor(0x22, 0x22, 0x22)),
            "the waveform");
    }

    [Test]
    public void ToPng_NoUtterance_IsAPicture() =>
        Assert.That(new Timeline(Labels, 10).ToPng(), Is.Not.Empty);

    [Test]
    public void Add_Envelope_HoldsFiftyPeaksASecondAtAnyRate([Values(16000, 24414, 44100)] int rate)
    {
        var envelope = new Envelope();
        float[] samples = new float[2 * rate];
        samples[rate] = -0.75f;
        foreach (float[] chunk in samples.Chunk(777))
            envelope.Add(chunk, rate);
        Assert.That(envelope.Peaks, Has.Count.EqualTo(100).Within(1));
        Assert.That(envelope.Peaks.Select((peak, i) => (peak, i)).Where(at => at.peak > 0), Is.EqualTo(new[] { (0.75f, 50) }));
    }

    private static Timeline Example()
    {
        var timeline = new Timeline(Labels, maxSingleBand: 10);
        timeline.Add(new StreamEvent(StreamEventType.NoSpeech, 0.4) { Start = 0 });
        timeline.Add(new StreamEvent(StreamEventType.UtteranceStart, 1) { Start = 0.5 });
        timeline.Add(Recognised(StreamEventType.Measurement, 0.5, 1.5, 0.25f));
        timeline.Add(Recognised(StreamEventType.UtteranceEnd, 0.5, 2, 0.75f));
        timeline.Add(new StreamEvent(StreamEventType.UtteranceStart, 4) { Start = 3 });
        timeline.Add(Recognised(StreamEventType.Measurement, 3, 6.5, 0.25f));
        timeline.Add(Recognised(StreamEventType.Measurement, 7, 10, 0f));
        timeline.Add(Recognised(StreamEventType.Measurement, 12, 15, 0.625f));
        timeline.Add(Recognised(StreamEventType.UtteranceEnd, 3, 16, 0.375f));
        return timeline;
    }

    private static StreamEvent Recognised(StreamEventType type, double start, double end, float anger) => new(type, end)
    {
        Start = start,
        End = end,
        Emotion = anger > 0.5 ? "anger" : "neutral",
        Confidence = Math.Max(anger, 1 - anger),
        Probabilities = new() { ["anger"] = anger, ["neutral"] = 1 - anger },
    };
}
