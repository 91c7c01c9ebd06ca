using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Inference;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

[OneTorchThread]
public class RobustnessTestTests
{
    private static readonly CorpusListing Listing = CorpusListing.FromMemory(Enumerable.Range(0, 20).Select(i => (
        new Utterance($"{i:00}.wav", i == 19 ? "other" : Training.SmallRun.Labels[i % 3], $"s{i % 4}", ""),
        (Func<Waveform>)(() => new Waveform(TestSignals.Syllables(i, 22050, 0.5 + (0.02 * i)), 22050)))));

    private static readonly Corpus Read = Corpus.Read(Listing, 16000, (_, _) => { }, null, 2, default);

    [Test]
    public void Run_AnyNumberOfThreads_GivesTheSame()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        List<int> done = [];
        RobustnessTest test = Create(classifier);
        IReadOnlyList<RobustnessMetrics> one = test.Run(1, new Sink(done)), three = Create(classifier).Run(3, null);
        Assert.That(one.Select(Text), Is.EqualTo(three.Select(Text)));
        Assert.That(one.Where(each => each.Skipped is null).Select(each => each.Utterances), Is.All.EqualTo(19), "one label is unknown");
        Assert.That(done[^1], Is.EqualTo(test.Classifications).And.EqualTo(19 * (1 + test.Conditions)));
        Assert.That(done, Is.Ordered);
    }

    [Test]
    public void Run_CleanUtterances_ArePredictedAsWithoutTheTest()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        RobustnessMetrics any = Create(classifier).Run(2, null).First(each => each.Skipped is null);
        double[] right = [.. Listing.Entries.Where(entry => entry.Utterance.Emotion != "other").Select(entry =>
        {
            float[] probabilities = classifier.Probabilities([classifier.Features(Resampler.Resample(entry.Make!(), 16000).Samples)])[0];
            return probabilities.Max() == probabilities[classifier.Labels.ToList().IndexOf(entry.Utterance.Emotion)] ? 1.0 : 0;
        })];
        Assert.That(any.Clean!.Accuracy, Is.EqualTo(right.Average()).Within(1e-9));
    }

    [Test]
    public void Run_Again_LeavesNoTensors()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        Create(classifier).Run(2, null);
        long before = TensorCount.Now();
        Create(classifier).Run(2, null);
        Assert.That(TensorCount.Now(), Is.EqualTo(before));
    }

    [Test]
    public void Run_Cancelled_Stops()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        using var stop = new CancellationTokenSource();
        RobustnessTest test = Create(classifier, stop.Token);
        Assert.That(() => test.Run(2, new Stopper(stop)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static RobustnessTest Create(EmotionClassifier classifier, CancellationToken cancellation = default) =>
        new(classifier, Listing, Read.Items, classifier.Settings, cancellation);

    private static string Text(RobustnessMetrics metrics) => System.Text.Json.JsonSerializer.Serialize(metrics);

    private sealed class Sink(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value) => stop.Cancel();
    }
}
