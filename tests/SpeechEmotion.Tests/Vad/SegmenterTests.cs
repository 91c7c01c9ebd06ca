using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Tests.Vad;

public class SegmenterTests
{
    private static readonly LiveSettings Settings = new();

    private static IEnumerable<TestCaseData> NoSpeech()
    {
        yield return new TestCaseData(TestSignals.Silence(6)).SetArgDisplayNames("silence");
        yield return new TestCaseData(TestSignals.WhiteNoise(6, 0.0001)).SetArgDisplayNames("faint noise");
        yield return new TestCaseData(TestSignals.WhiteNoise(6, 0.1)).SetArgDisplayNames("white noise");
        yield return new TestCaseData(TestSignals.PinkNoise(6, 0.1)).SetArgDisplayNames("pink noise");
        yield return new TestCaseData(TestSignals.Hum(6, 0.2)).SetArgDisplayNames("hum");
        yield return new TestCaseData(TestSignals.Join(TestSignals.Silence(2), TestSignals.Hum(3, 0.2), TestSignals.Silence(2)))
            .SetArgDisplayNames("hum switched on and off");
        yield return new TestCaseData(TestSignals.Join(TestSignals.Silence(2), TestSignals.WhiteNoise(3, 0.1), TestSignals.Silence(2)))
            .SetArgDisplayNames("noise switched on and off");
        yield return new TestCaseData(TestSignals.Join(TestSignals.WhiteNoise(3, 0.01), TestSignals.WhiteNoise(4, 0.1)))
            .SetArgDisplayNames("noise that grows");
        yield return new TestCaseData(TestSignals.Mix(TestSignals.WhiteNoise(6, 0.001), Clicks(6))).SetArgDisplayNames("clicks");
        yield return new TestCaseData(TestSignals.Join(TestSignals.Silence(1), TestSignals.Speech(0)[..1600], TestSignals.Silence(1)))
            .SetArgDisplayNames("a tenth of a second of speech");
    }

    [TestCaseSource(nameof(NoSpeech))]
    public void Next_NoSpeech_FindsNoUtteranceAndReportsIt(float[] samples)
    {
        List<SpeechCut> cuts = Cut(samples);

        Assert.That(cuts.Where(cut => cut.Type != StreamEventType.NoSpeech), Is.Empty);
        Assert.That(cuts.Select(cut => (cut.Start, cut.End)), Is.EqualTo(new[] { (0L, 16384L) }), "one announcement, after a second");
    }

    [Test]
    public void Next_SpeechInNoise_IsFoundWithPreRollAndHangover(
        [Values(0, 3, 8, 13, 17, 22)] int speaker, [Values(0.0003, 0.003)] double noise)
    {
        float[] speech = TestSignals.Speech(speaker);
        float[] samples = TestSignals.Join(TestSignals.Silence(4), speech, TestSignals.Silence(2));
        List<SpeechCut> cuts = Cut(TestSignals.Mix(samples, TestSignals.WhiteNoise(1, noise)));

        SpeechCut[] utterances = [.. cuts.Where(cut => cut.Type == StreamEventType.UtteranceEnd)];
        Assert.That(utterances, Has.Length.EqualTo(1));
        double start = utterances[0].Start / 16000.0, end = utterances[0].End / 16000.0, to = 4 + (speech.Length / 16000.0);
        Assert.That(start, Is.InRange(3.6, 4.0), "the beginning");
        Assert.That(end, Is.InRange(to, to + 0.55), "the end: hangover, and the quarter of a second that a decision looks back");
        Assert.That(utterances[0].Start % 160, Is.Zero, "on the grid of the features");
    }

    [Test]
    public void Next_ClipOfOneUtteranceFromItsFirstSampleToItsLast_IsCoveredWhole([Range(0, 26, 5)] int speaker)
    {
        float[] clip = TestSignals.Speech(speaker);
        SpeechCut[] utterances = [.. Cut(clip).Where(cut => cut.Type == StreamEventType.UtteranceEnd)];

        Assert.That(utterances, Is.EqualTo(new[] { new SpeechCut(StreamEventType.UtteranceEnd, 0, clip.Length, clip.Length) }));
    }

    [TestCase(0.15, 1)]
    [TestCase(1.0, 2)]
    public void Next_Pause_EndsAnUtteranceWhenItIsLong(double pause, int utterances)
    {
        float[] samples = TestSignals.Join(TestSignals.Silence(1), TestSignals.Speech(0), TestSignals.Silence(pause),
            TestSignals.Speech(0), TestSignals.Silence(1));
        Assert.That(Cut(samples).Count(cut => cut.Type == StreamEventType.UtteranceEnd), Is.EqualTo(utterances));
    }

    [Test]
    public void Next_Utterances_AreInOrderAndDoNotOverlap()
    {
        float[] samples = TestSignals.Join(
            [.. Enumerable.Range(0, 6).SelectMany(i => new[] { TestSignals.Speech(i * 4), TestSignals.Silence(0.6) })]);
        SpeechCut[] ends = [.. Cut(samples).Where(cut => cut.Type == StreamEventType.UtteranceEnd)];

        Assert.That(ends, Has.Length.GreaterThan(3));
        for (int i = 1; i < ends.Length; i++)
            Assert.That(ends[i].Start, Is.GreaterThanOrEqualTo(ends[i - 1].End));
    }

    [Test]
    public void Next_LongUtterance_MeasuresEveryHopOfSpeechOverTheLastSeconds()
    {
        float[] samples = TestSignals.Join([.. Enumerable.Range(0, 8).Select(i => TestSignals.Speech(i))]);
        SpeechCut[] windows = [.. Cut(samples).Where(cut => cut.Type == StreamEventType.Measurement)];

        Assert.That(windows, Has.Length.EqualTo(samples.Length / 8000).Within(3));
        foreach (SpeechCut window in windows)
        {
            Assert.That(window.End - window.Start, Is.LessThanOrEqualTo(48000));
            Assert.That(window.Start % 160, Is.Zero);
        }
        Assert.That(windows[^1].End - windows[^1].Start, Is.GreaterThan(48000 - 160));
        for (int i = 1; i < windows.Length; i++)
            Assert.That(windows[i].End - windows[i - 1].End, Is.InRange(8000 - 4800, 8000 + 4800),
                "half a second apart, give or take a pause in the speech");
    }

    [Test]
    public void Next_SpeechWithoutAPause_IsCutWhereSpeechIsLeastProbable([Values(false, true)] bool isAtTheEnd)
    {
        const int Length = 512;
        LiveSettings settings = new() { MaxUtteranceSeconds = 12 };
        var segmenter = new Segmenter(settings, 16000, Length, 160);
        List<SpeechCut> cuts = [];
        int[] quiet = [.. Enumerable.Range(1, 8).Select(i => (int)(((isAtTheEnd ? 11.5 : 9) * i) * 16000 / Length))];
        for (int i = 0; i < 80 * 16000 / Length; i++)
            cuts.AddRange(segmenter.Next(new VadFrame(true, i % 2 == 0 ? -20 : -24, quiet.Contains(i) ? 0.3 : 0.9)));

        SpeechCut[] utterances = [.. cuts.Where(cut => cut.Type == StreamEventType.UtteranceEnd)];
        Assert.That(utterances, Has.Length.GreaterThan(5));
        Assert.That(utterances[0].End / 16000.0, Is.EqualTo(isAtTheEnd ? 11.5 : 9).Within(0.07), "where speech is least probable");
        for (int i = 0; i < utterances.Length; i++)
        {
            Assert.That(utterances[i].End - utterances[i].Start, Is.InRange(7 * 16000, 12 * 16000));
            Assert.That(utterances[i].End, Is.GreaterThanOrEqualTo(segmenter.CertainEnd(utterances[i].Start)));
            Assert.That(utterances[i].End % 160, Is.Zero, "on the grid of the features");
            if (i > 0)
                Assert.That(utterances[i].Start, Is.EqualTo(utterances[i - 1].End), "nothing is left out and nothing heard twice");
        }
        Assert.That(cuts.Where(cut => cut.Type == StreamEventType.UtteranceStart).Select(cut => cut.Start).Skip(1).Take(utterances.Length),
            Is.EqualTo(utterances.Select(cut => cut.End)));
    }

    [Test]
    public void Next_SpeechStopsWhereItMayBeCut_EndsTheUtteranceThere()
    {
        var segmenter = new Segmenter(new() { MaxUtteranceSeconds = 12, HangoverSeconds = 2 }, 16000, 512, 160);
        List<SpeechCut> cuts = [];
        for (int i = 0; i < 20 * 16000 / 512; i++)
            cuts.AddRange(segmenter.Next(i * 512 < 11 * 16000
                ? new VadFrame(true, i % 2 == 0 ? -20 : -24, 0.9) : new VadFrame(false, -60, 0.01)));
        SpeechCut[] ends = [.. cuts.Where(cut => cut.Type == StreamEventType.UtteranceEnd)];
        Assert.That(ends, Has.Length.EqualTo(1), "no utterance of silence follows");
        Assert.That(ends[0].End / 16000.0, Is.EqualTo(12).Within(0.05));
        Assert.That(cuts.Count(cut => cut.Type == StreamEventType.UtteranceStart), Is.EqualTo(1));
    }

    [Test]
    public void Oldest_BeforeAnUtterance_KeepsItsPreRoll()
    {
        (SpeechDetector detector, Segmenter segmenter) = New();
        float[] samples = TestSignals.Join(TestSignals.Silence(3), TestSignals.Speech(0));
        long oldest = 0;
        for (int at = 0; at + detector.FrameLength <= samples.Length; at += detector.FrameLength)
        {
            foreach (SpeechCut cut in segmenter.Next(detector.Next(samples.AsSpan(at, detector.FrameLength))))
                if (cut.Type == StreamEventType.UtteranceStart)
                {
                    Assert.That(cut.Start, Is.GreaterThanOrEqualTo(oldest));
                    Assert.That(oldest, Is.GreaterThan(16000), "old sound is given up");
                    return;
                }
            oldest = segmenter.Oldest;
        }
        Assert.Fail("no utterance began");
    }

    private static List<SpeechCut> Cut(float[] samples)
    {
        (SpeechDetector detector, Segmenter segmenter) = New();
        var cuts = new List<SpeechCut>();
        for (int at = 0; at + detector.FrameLength <= samples.Length; at += detector.FrameLength)
            cuts.AddRange(segmenter.Next(detector.Next(samples.AsSpan(at, detector.FrameLength))));
        cuts.AddRange(segmenter.Finish(samples.Length));
        return cuts;
    }

    private static (SpeechDetector, Segmenter) New()
    {
        var detector = new SpeechDetector(Settings, TestSignals.Rate);
        return (detector, new Segmenter(Settings, TestSignals.Rate, detector.FrameLength, frameHop: 160));
    }

    private static float[] Clicks(double seconds)
    {
        float[] samples = TestSignals.Silence(seconds);
        for (int at = 3000; at + 80 < samples.Length; at += 4000)
            for (int i = 0; i < 80; i++)
                samples[at + i] = (float)(0.8 * Math.Exp(-i / 20.0) * (i % 2 == 0 ? 1 : -1));
        return samples;
    }
}
