using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;
using TorchSharp;

namespace SpeechEmotion.Tests.Streaming;

[OneTorchThread]
public class EmotionStreamTests
{
    private static readonly int[] Rates = [16000, 8000, 22050, 24414, 44100, 48000];
    private static readonly int[] Chunks = [1, 7, 160, 4096];

    // Short windows, so that a few seconds hold every kind of utterance.
    private static readonly LiveSettings Short = new() { UtteranceSeconds = 2, WindowSeconds = 1, HopSeconds = 0.25 };

    [Test]
    public void Push_AnyChunksAndRate_GivesWhatClassifyGives([Values] bool adapts)
    {
        using EmotionClassifier classifier = adapts ? TinyModel.Adapting(Short) : TinyModel.Classifier(Short);
        float[] sound = TestSignals.Mix(
            TestSignals.Join(TestSignals.Silence(0.7), TestSignals.Speech(1), TestSignals.Silence(0.8), TestSignals.Speech(9),
                TestSignals.Speech(14), TestSignals.Speech(20), TestSignals.Silence(0.5)),
            TestSignals.WhiteNoise(1, 0.0005));
        Prediction[] whole = [.. Rates.Select(rate => classifier.Classify(Resampler.Resample(new Waveform(sound, 16000), rate)))];
        Assert.That(whole, Has.All.Matches<Prediction>(prediction => prediction!.Windows.Count > 4));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll<int, byte>((seed, choice) =>
        {
            int at = choice % Rates.Length;
            Waveform source = Resampler.Resample(new Waveform(sound, 16000), Rates[at]);
            List<StreamEvent> windows = Push(classifier, source, ChunkSizes(seed, choice / Rates.Length % (Chunks.Length + 1)));
            Assert.That(windows, Has.Count.EqualTo(whole[at].Windows.Count));
            for (int i = 0; i < windows.Count; i++)
            {
                WindowPrediction expected = whole[at].Windows[i];
                Assert.That((windows[i].Start, windows[i].End), Is.EqualTo((expected.Start, expected.End)));
                Assert.That(windows[i].Probabilities!.Values, Is.EqualTo(expected.Probabilities.Values));
            }
        }));
    }

    [Test]
    public void Classify_ClipOfOneUtterance_IsOneWindowWithTheProbabilitiesOfTheWholeClip([Range(0, 26, 6)] int speaker)
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        float[] clip = TestSignals.Speech(speaker);
        foreach (float[] recording in new[] { clip, TestSignals.Join(TestSignals.Silence(0.61), clip, TestSignals.Silence(0.77)) })
        {
            Prediction prediction = classifier.Classify(new Waveform(recording, 16000));

            Assert.That(prediction.Windows, Has.Count.EqualTo(1));
            // The very bits: the features cut the ends at the same samples and begin their frames at the same ones.
            Assert.That(prediction.Probabilities.Values, Is.EqualTo(classifier.ClassifyWindow(recording, null).Probabilities));
        }
    }

    [Test]
    public void Classify_LongUtterance_PoolsFullWindowsAndTheLast()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(Short);
        float[] speech = TestSignals.Join([.. Enumerable.Range(0, 4).Select(TestSignals.Speech)]);
        Prediction prediction = classifier.Classify(new Waveform(speech, 16000));

        Assert.That(prediction.Windows, Has.Count.GreaterThan(8));
        Assert.That(prediction.Windows.Select(window => window.End - window.Start), Is.All.EqualTo(1).Within(0.0101));
        Assert.That(prediction.Windows[^1].End, Is.EqualTo(speech.Length / 16000.0));
        foreach (WindowPrediction window in prediction.Windows)
            Assert.That(window.Probabilities.Values,
                Is.EqualTo(classifier.ClassifyWindow(
                    speech.AsSpan((int)Math.Round(16000 * window.Start)..(int)Math.Round(16000 * window.End)), null).Probabilities)
                    .Within(1e-6));
        for (int i = 0; i < 3; i++)
        {
            double weights = prediction.Windows.Sum(window => window.End - window.Start);
            double mean = prediction.Windows.Sum(window => (window.End - window.Start) * window.Probabilities.GetAt(i).Value) / weights;
            Assert.That(prediction.Probabilities.GetAt(i).Value, Is.EqualTo(mean).Within(1e-6));
        }
    }

    [Test]
    public void Push_WithMeasurements_GivesTheSameResultAsWithout()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(Short);
        float[] speech = TestSignals.Join(TestSignals.Silence(0.5), TestSignals.Speech(3), TestSignals.Silence(0.5), TestSignals.Speech(7),
            TestSignals.Speech(11));
        var stream = new EmotionStream(classifier, 16000);
        List<StreamEvent> found = [.. stream.Push(speech), .. stream.Finish()];

        Prediction prediction = classifier.Classify(new Waveform(speech, 16000));
        Assert.That(found.Count(one => one.Type == StreamEventType.Measurement), Is.GreaterThan(4));
        Assert.That(found.Where(one => one.Type == StreamEventType.Window).Select(one => (one.Start, one.End)),
            Is.EqualTo(prediction.Windows.Select(window => ((double?)window.Start, (double?)window.End))));
        Assert.That(found.Select(one => one.Time), Is.Ordered);
    }

    [Test]
    public void Push_SpeechWithoutAPause_IsDecidedAndCostsNoMemory()
    {
        using EmotionClassifier classifier = TinyModel.Adapting(Short with { MaxUtteranceSeconds = 8 }, logitCentring: 4);
        float[] speech = TestSignals.Join([.. Enumerable.Range(0, 14).Select(i => TestSignals.Speech(2 * i))]);
        var stream = new EmotionStream(classifier, 16000);
        var found = new List<StreamEvent>();
        var sizes = new List<(int Bytes, long Behind)>();
        for (int round = 0; round < 12; round++)
        {
            for (int at = 0; at < speech.Length; at += 1600)
            {
                found.AddRange(stream.Push(speech.AsSpan(at, Math.Min(1600, speech.Length - at))));
                sizes.Add((stream.Snapshot().Length, stream.Position - stream.Durable));
            }
        }
        found.AddRange(stream.Finish());

        StreamEvent[] ends = [.. found.Where(each => each.Type == StreamEventType.UtteranceEnd)];
        Assert.That(ends.Max(end => end.End - end.Start), Is.LessThanOrEqualTo(8));
        Assert.That(ends.Count(end => end.End - end.Start > 3.9), Is.GreaterThan(10));
        Assert.That(ends.Skip(5).Select(end => end.SpeakerSeconds), Has.All.GreaterThan(10), "it adapts to each of them");
        int quarter = sizes.Count / 4;
        Assert.That(sizes[^quarter..].Max(size => size.Bytes), Is.LessThanOrEqualTo(1.02 * sizes[..quarter].Max(size => size.Bytes)));
        Assert.That(sizes.Max(size => size.Behind), Is.LessThan(9 * 16000), "no older sound is kept");
    }

    [Test]
    public void PushLost_InTheMiddle_IsSilenceThere()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        float[] sound = TestSignals.Join(TestSignals.Silence(0.5), TestSignals.Speech(4), TestSignals.Silence(3), TestSignals.Speech(8),
            TestSignals.Silence(0.5));
        int from = (int)(0.5 * 16000) + TestSignals.Speech(4).Length + 8000;
        var whole = new EmotionStream(classifier, 16000);
        List<StreamEvent> expected = [.. whole.Push(sound), .. whole.Finish()], found = [];
        var stream = new EmotionStream(classifier, 16000);
        found.AddRange(stream.Push(sound.AsSpan(0, from)));
        found.AddRange(stream.PushLost(32000));
        Assert.That(stream.Position, Is.EqualTo(from + 32000));
        found.AddRange(stream.Push(sound.AsSpan(from + 32000)));
        found.AddRange(stream.Finish());

        StreamEvent lost = found.Single(each => each.Type == StreamEventType.Overrun);
        Assert.That((lost.Start, lost.LostSeconds), Is.EqualTo((from / 16000.0, 2.0)));
        Assert.That(found[^1].Summary!.LostSeconds, Is.EqualTo(2));
        Assert.That(found.Where(each => each.Type != StreamEventType.Overrun).Select(Place), Is.EqualTo(expected.Select(Place)));

        static (StreamEventType, double, double?, string?) Place(StreamEvent each) => (each.Type, each.Time, each.Start, each.Emotion);
    }

    [Test]
    public void Classify_NoSpeech_HasNoEmotion()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        foreach (float[] sound in new[] { TestSignals.Silence(2), TestSignals.Hum(4, 0.2), TestSignals.WhiteNoise(0.01, 0.1) })
        {
            Prediction prediction = classifier.Classify(new Waveform(sound, 16000));

            Assert.That(prediction.Emotion, Is.EqualTo(Prediction.NoSpeech));
            Assert.That(prediction.Confidence, Is.Zero);
            Assert.That(prediction.Probabilities.Values, Is.EqualTo(new float[3]));
            Assert.That(prediction.Windows, Is.Empty);
        }
    }

    [Test]
    public void Push_ManyStreams_LeavesNoTensorBehind()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(Short);
        var recording = new Waveform(TestSignals.Join(TestSignals.Speech(2), TestSignals.Speech(5)), 16000);
        classifier.Classify(recording);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 10; i++)
            classifier.Classify(recording);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    private static List<StreamEvent> Push(EmotionClassifier classifier, Waveform source, Func<int> chunk)
    {
        var stream = new EmotionStream(classifier, source.SampleRate, measures: false);
        var found = new List<StreamEvent>();
        for (int at = 0; at < source.Samples.Length;)
        {
            int count = Math.Min(chunk(), source.Samples.Length - at);
            found.AddRange(stream.Push(source.Samples.AsSpan(at, count)));
            at += count;
        }
        found.AddRange(stream.Finish());
        return [.. found.Where(each => each.Type == StreamEventType.Window)];
    }

    private static Func<int> ChunkSizes(int seed, int choice)
    {
        SeededRandom random = Seeds.Random(seed, "chunks");
        return choice < Chunks.Length ? () => Chunks[choice] : () => 1 + random.Next(1 << random.Next(14));
    }
}
