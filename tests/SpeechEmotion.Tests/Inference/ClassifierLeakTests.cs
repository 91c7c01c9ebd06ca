using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Cli;
using SpeechEmotion.Tests.Support;
using TorchSharp;

namespace SpeechEmotion.Tests.Inference;

public class ClassifierLeakTests
{
    [Test]
    public void Classify_ManyRecordings_KeepsTheNumberOfLiveTensors()
    {
        using EmotionClassifier classifier = TorchClassifier.Load(TrainedRun.Folder);
        Waveform[] recordings = [.. Enumerable.Range(1, 5).Select(i => new Waveform(TestSignals.Syllables(i, 24414, i * 0.4), 24414)),
            new(TestSignals.Syllables(9, seconds: 11), 16000)];
        classifier.Classify(recordings[0]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 120; i++)
            classifier.Classify(recordings[i % recordings.Length]);
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));
    }

    [Test]
    public void Dispose_FreesTheNetwork()
    {
        LoadClassifyDispose();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 5; i++)
            LoadClassifyDispose();
        // TorchSharp's Conv1d counts its bias as alive when it is disposed of; the network has one such layer, of a few values.
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.LessThanOrEqualTo(before + 5));
    }

    [Test]
    public void Classify_FromSeveralThreads_GivesTheSameNumbers()
    {
        using EmotionClassifier classifier = TorchClassifier.Load(TrainedRun.Folder);
        Waveform[] recordings = [.. Enumerable.Range(1, 8).Select(i => new Waveform(TestSignals.Syllables(i), 16000))];
        Prediction[] alone = [.. recordings.Select(recording => classifier.Classify(recording))];
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.That(classifier.Classify(recordings[i % 8]).Probabilities.Values,
                Is.EqualTo(alone[i % 8].Probabilities.Values).Within(1e-6)));
    }

    private static void LoadClassifyDispose()
    {
        using EmotionClassifier classifier = TorchClassifier.Load(TrainedRun.Folder);
        classifier.Classify(new Waveform(TestSignals.Syllables(1), 16000));
    }
}
