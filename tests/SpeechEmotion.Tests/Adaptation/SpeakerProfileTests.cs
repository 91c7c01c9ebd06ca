using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Adaptation;

public sealed class SpeakerProfileTests
{
    private const int Rate = 16000;

    private static readonly string[] Emotions = ["anger", "neutral", "sadness"];

    [Test]
    public void Classify_EnrolledSpeaker_DiffersFromWithoutEnrolment()
    {
        using EmotionClassifier classifier = TinyModel.Adapting();
        SpeakerProfile speaker = classifier.Enrol([Utterances(1)]);
        Prediction withoutEnrolment = classifier.Classify(Utterances(1)), enrolled = classifier.Classify(Utterances(1), speaker);
        Assert.That(speaker.Seconds, Is.InRange(0.5, 3));
        Assert.That(withoutEnrolment.Windows, Has.Count.EqualTo(1), "the recording is one utterance");
        Assert.That(enrolled.Probabilities.Values, Is.Not.EqualTo(withoutEnrolment.Probabilities.Values).Within(1e-4));
    }

    [TestCase(0)]
    [TestCase(4)]
    public void Classify_SeveralUtterances_AdaptsToThoseBefore(double logitCentring)
    {
        using EmotionClassifier classifier = TinyModel.Adapting(logitCentring: logitCentring),
            forgetful = TinyModel.Adapting(new LiveSettings { AdaptationSeconds = 0 }, logitCentring);
        Prediction adapted = classifier.Classify(Utterances(3)), fixedResult = forgetful.Classify(Utterances(3));
        Assert.That(adapted.Windows, Has.Count.EqualTo(3));
        Assert.That(adapted.Windows[0].Probabilities.Values, Is.EqualTo(fixedResult.Windows[0].Probabilities.Values),
            "there is no speech before the first utterance");
        Assert.That(adapted.Windows[2].Probabilities.Values, Is.Not.EqualTo(fixedResult.Windows[2].Probabilities.Values).Within(1e-4));
    }

    [Test]
    public void Enrol_LogitCentring_AveragesLogitsGivenTheSpeakersStatistics()
    {
        using EmotionClassifier classifier = TinyModel.Adapting(logitCentring: 4), uncentred = TinyModel.Adapting(),
            unadapted = TinyModel.Adapting(new LiveSettings { AdaptationSeconds = 0 });
        SpeakerStatistics sound = uncentred.Enrol([Utterances(3)]).Statistics, speaker = classifier.Enrol([Utterances(3)]).Statistics;
        Assert.That(sound.MeanLogits(), Is.Empty, "without logit centring no logits are averaged");
        Assert.That(speaker.Means(), Is.EqualTo(sound.Means()));

        var windows = new List<(ClassifiedWindow Window, double Seconds)>();
        var stream = new EmotionStream(unadapted, Rate, new SpeakerProfile(sound), measures: false)
        {
            WindowPooled = (window, seconds) => windows.Add((window, seconds)),
        };
        stream.Push(Utterances(3).Samples);
        stream.Finish();
        Assert.That(windows, Has.Count.EqualTo(3));
        float[] expected = [.. Enumerable.Range(0, 3)
            .Select(i => (float)(windows.Sum(each => each.Seconds * each.Window.Logits[i]) / windows.Sum(each => each.Seconds)))];
        Assert.That(speaker.MeanLogits(), Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Enrol_MoreThanIsHeldAtOnce_WeighsAllOfItEqually()
    {
        using EmotionClassifier classifier = TinyModel.Adapting(logitCentring: 4);
        SpeakerStatistics once = classifier.Enrol([Utterances(2)]).Statistics,
            often = classifier.Enrol(Enumerable.Repeat(Utterances(2), 150)).Statistics;
        Assert.That(often.Seconds, Is.EqualTo(150 * once.Seconds).Within(1e-6));
        Assert.That(often.Means(), Is.EqualTo(once.Means()).Within(1e-4));
        // From the second time on the statistics of the speaker are more certain, which changes the logits.
        Assert.That(often.MeanLogits(), Is.EqualTo(once.MeanLogits()).Within(0.5).And.Not.EqualTo(once.MeanLogits()));
    }

    [Test]
    public void ClassifyWindow_LogitCentring_SubtractsTheLogitOffset()
    {
        using EmotionClassifier classifier = TinyModel.Adapting(logitCentring: 4), uncentred = TinyModel.Adapting();
        float[] samples = Utterances(1).Samples, meanLogits = [3, 0, -1];
        float[] statistics = uncentred.ClassifyWindow(samples, null).Statistics;
        var speaker = new SpeakerStatistics();
        speaker.Add(statistics, 12, meanLogits); // six utterances of 2 s: adaptation weight 6 / (6 + 4)
        ClassifiedWindow centred = classifier.ClassifyWindow(samples, speaker), plain = uncentred.ClassifyWindow(samples, speaker);
        Assert.That(centred.Logits, Is.EqualTo(plain.Logits), "the logits are those before the subtraction");
        double[] expected = [.. plain.Logits.Select((logit, i) => Math.Exp(logit - (0.6 * meanLogits[i])))];
        Assert.That(centred.Probabilities, Is.EqualTo(expected.Select(each => each / expected.Sum())).Within(1e-5));
    }

    [Test]
    public void Classify_WithAProfile_LeavesTheProfileAsItWas()
    {
        using EmotionClassifier classifier = TinyModel.Adapting();
        SpeakerProfile speaker = classifier.Enrol([Utterances(2)]);
        double seconds = speaker.Seconds;
        Prediction first = classifier.Classify(Utterances(3), speaker), second = classifier.Classify(Utterances(3), speaker);
        Assert.That(speaker.Seconds, Is.EqualTo(seconds));
        Assert.That(second.Probabilities.Values, Is.EqualTo(first.Probabilities.Values));
    }

    [TestCase(160)]
    [TestCase(4096)]
    [TestCase(50000)]
    public void Push_ChunksOfAnySize_AdaptEqually(int size)
    {
        using EmotionClassifier classifier = TinyModel.Adapting();
        Waveform recording = Utterances(4);
        var stream = new EmotionStream(classifier, Rate);
        var found = new List<StreamEvent>();
        for (int at = 0; at < recording.Samples.Length; at += size)
            found.AddRange(stream.Push(recording.Samples.AsSpan(at, Math.Min(size, recording.Samples.Length - at))));
        found.AddRange(stream.Finish());
        StreamEvent[] windows = [.. found.Where(each => each.Type == StreamEventType.Window)];
        double[] seconds = [.. found.Where(each => each.Type == StreamEventType.UtteranceEnd).Select(each => each.SpeakerSeconds!.Value)];

        Prediction whole = classifier.Classify(recording);
        Assert.That(windows, Has.Length.EqualTo(4));
        for (int i = 0; i < 4; i++)
            Assert.That(windows[i].Probabilities!.Values, Is.EqualTo(whole.Windows[i].Probabilities.Values));
        Assert.That(seconds, Is.Ordered.Ascending.And.Unique);
        Assert.That(seconds[^1], Is.EqualTo(stream.SpeakerSeconds));
    }

    [Test]
    public void Accumulate_MoreThanItsMemory_KeepsTheLatest()
    {
        var speaker = new OnlineSpeakerAdaptation(null, memory: 10);
        for (int i = 0; i < 50; i++)
            speaker.Accumulate(Utterance(1, -1));
        for (int i = 0; i < 5; i++)
            speaker.Accumulate(Utterance(3, -3));
        Assert.That(speaker.Seconds, Is.EqualTo(10));
        Assert.That(speaker.Statistics!.Mean(0), Is.GreaterThan(2), "the last 10 s outweigh 100 s before");
        Assert.That(speaker.Statistics.MeanLogits()[0], Is.EqualTo(-speaker.Statistics.Mean(0)).Within(1e-6));

        static SpeakerStatistics Utterance(float statistic, float logit)
        {
            var utterance = new SpeakerStatistics();
            utterance.Add([statistic], 2, [logit]);
            return utterance;
        }
    }

    [Test]
    public void Enrol_Silence_IsRefused()
    {
        using EmotionClassifier classifier = TinyModel.Adapting();
        Assert.That(() => classifier.Enrol([new Waveform(new float[Rate], Rate)]),
            Throws.ArgumentException.With.Message.Contains("no speech"));
    }

    [Test]
    public void Load_AdaptingModel_KeepsItsSpeakerModel()
    {
        using var folder = new TemporaryFolder();
        TinyModel.AdaptingCheckpoint().Save(folder["model.safetensors"]);
        using EmotionClassifier stored = TorchClassifier.Load(folder["model.safetensors"]), made = TinyModel.Adapting();
        Assert.That(stored.AdaptsToSpeaker, Is.True);
        Assert.That(stored.Labels, Is.EqualTo(Emotions));
        Assert.That(stored.Classify(Utterances(3)).Windows.Select(window => window.Probabilities.Values),
            Is.EqualTo(made.Classify(Utterances(3)).Windows.Select(window => window.Probabilities.Values)));
    }

    /// <summary>Vowels that change in level and pitch as syllables do, a second each, with a second of silence between.</summary>
    private static Waveform Utterances(int count)
    {
        var samples = new List<float>();
        double phase = 0;
        for (int utterance = 0; utterance < count; utterance++)
        {
            samples.AddRange(new float[Rate / 2]);
            for (int i = 0; i < Rate; i++)
            {
                double time = (double)i / Rate, pitch = 150 + (30 * utterance) + (40 * Math.Sin(5 * time)), value = 0;
                phase += 2 * Math.PI * pitch / Rate;
                for (int harmonic = 1; harmonic <= 12; harmonic++)
                    value += Math.Sin(harmonic * phase) / harmonic;
                samples.Add((float)(0.15 * value * (0.25 + Math.Pow(Math.Sin(2 * Math.PI * 2 * time), 2))));
            }
            samples.AddRange(new float[Rate / 2]);
        }
        return new Waveform([.. samples], Rate);
    }
}
