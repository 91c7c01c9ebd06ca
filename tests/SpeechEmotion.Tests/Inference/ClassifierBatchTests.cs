using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Inference;

public class ClassifierBatchTests
{
    [Test]
    public void Run_WindowsOfManyStreams_GivesEachItsResultAlone()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        float[][] windows = [.. Enumerable.Range(0, 20).Select(i => TestSignals.Speech(i))];
        var received = new IReadOnlyList<float>[windows.Length];
        var batch = new ClassifierBatch(classifier);
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < windows.Length; i++)
            {
                int stream = i;
                batch.Add(windows[i], probabilities => received[stream] = [.. probabilities.Values]);
            }
            Assert.That(batch.Count, Is.EqualTo(20));
            batch.Run();
            Assert.That(batch.Count, Is.Zero);
            for (int i = 0; i < windows.Length; i++)
                Assert.That(received[i], Is.EqualTo(classifier.ClassifyWindow(windows[i], null).Probabilities).Within(1e-5));
        }
    }

    [Test]
    public void Run_Empty_DoesNothing()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        Assert.That(() => new ClassifierBatch(classifier).Run(), Throws.Nothing);
    }
}
