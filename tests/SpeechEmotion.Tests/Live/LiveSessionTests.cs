using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Live;

[OneTorchThread]
public class LiveSessionTests
{
    private static readonly Waveform Recording = new(
        TestSignals.Join(TestSignals.Silence(1.2), TestSignals.Speech(4), TestSignals.Silence(1.5), TestSignals.Speech(18),
            TestSignals.Silence(0.7)), 16000);

    [Test]
    public async Task ListenAsync_File_ReportsTheResultOfClassify()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        List<StreamEvent> events = await Listen(classifier, Recording);
        Prediction prediction = classifier.Classify(Recording);

        Assert.That(events.Where(found => found.Type != StreamEventType.Measurement).Select(found => found.Type),
            Is.EqualTo(new[]
        {
            StreamEventType.Listening, StreamEventType.NoSpeech, StreamEventType.UtteranceStart, StreamEventType.UtteranceEnd,
            StreamEventType.NoSpeech, StreamEventType.UtteranceStart, StreamEventType.UtteranceEnd, StreamEventType.Summary,
        }));
        StreamEvent[] ends = [.. events.Where(found => found.Type == StreamEventType.UtteranceEnd)];
        Assert.That(ends.Select(end => (end.Start, end.End)),
            Is.EqualTo(prediction.Windows.Select(window => ((double?)window.Start, (double?)window.End))));
        for (int i = 0; i < ends.Length; i++)
            Assert.That(ends[i].Probabilities!.Values, Is.EqualTo(prediction.Windows[i].Probabilities.Values).Within(1e-5));
        StreamEvent last = events[^1];
        Assert.That(last.Emotion, Is.EqualTo(prediction.Emotion));
        Assert.That(last.Probabilities!.Values, Is.EqualTo(prediction.Probabilities.Values).Within(1e-5));
        Assert.That(last.Summary!.Utterances, Is.EqualTo(2));
        Assert.That(last.Summary.Seconds, Is.EqualTo(Recording.Seconds).Within(1e-9));
        Assert.That(last.Summary.EmotionSeconds.Values.Sum(), Is.EqualTo(last.Summary.SpeechSeconds).Within(1e-9));
        Assert.That(last.Summary.LatencyP50, Is.InRange(0.01, last.Summary.LatencyP95));
        Assert.That(events.Select(found => found.Time), Is.Ordered);
        Assert.That(events, Has.Some.Matches<StreamEvent>(found => found!.Type == StreamEventType.Measurement));
    }

    [Test]
    public async Task ListenAsync_SlowConsumer_LosesNothing()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(new() { HopSeconds = 0.02 });
        List<StreamEvent> quick = await Listen(classifier, Recording), slow = [];
        await foreach (StreamEvent found in new LiveSession(classifier, new FileSource("file", Recording, realTime: false)).ListenAsync())
        {
            await Task.Delay(5);
            slow.Add(found);
        }
        Assert.That(slow.Select(Line), Is.EqualTo(quick.Select(Line)));
        Assert.That(quick, Has.Count.GreaterThan(64 + 16), "more events than the queue holds");

        static string Line(StreamEvent found) => StreamEventJson.Line(found with { Summary = null });
    }

    [Test]
    public async Task ListenAsync_RealTime_TakesAsLongAsTheFile()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var watch = Stopwatch.StartNew();
        await foreach (StreamEvent _ in new LiveSession(classifier,
            new FileSource("file", new Waveform(TestSignals.Speech(4), 16000), realTime: true)).ListenAsync())
        {
        }
        Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(TestSignals.Speech(4).Length / 16000.0 - 0.02));
    }

    [Test]
    public async Task Stop_DuringAnUtterance_ClassifiesItAndSummarises()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var session = new LiveSession(classifier, new FileSource("file", Recording, realTime: true));
        var events = new List<StreamEvent>();
        await foreach (StreamEvent found in session.ListenAsync())
        {
            events.Add(found);
            if (found.Type == StreamEventType.UtteranceStart)
                session.Stop();
        }
        Assert.That(events.TakeLast(2).Select(found => found.Type),
            Is.EqualTo(new[] { StreamEventType.UtteranceEnd, StreamEventType.Summary }));
        Assert.That(events[^1].Summary!.Seconds, Is.LessThan(Recording.Seconds));
    }

    [Test]
    public async Task ListenAsync_SourceFails_SummarisesAndThrows()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var events = new List<StreamEvent>();
        Assert.That(async () =>
        {
            await foreach (StreamEvent found in new LiveSession(classifier, new Failing()).ListenAsync())
                events.Add(found);
        }, Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("broken"));
        Assert.That(events[^1].Type, Is.EqualTo(StreamEventType.Summary));
        Assert.That((events[^2].Type, events[^2].Message), Is.EqualTo((StreamEventType.SourceLost, "broken")));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Stop_SourceEndsByTheSameSignal_IsNoLoss()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var source = new Failing();
        var session = new LiveSession(classifier, source);
        source.BeforeFailure = () => Task.Delay(20).ContinueWith(_ => session.Stop(), TaskScheduler.Default);
        var events = new List<StreamEvent>();
        await foreach (StreamEvent found in session.ListenAsync())
            events.Add(found);
        Assert.That(events[^1].Type, Is.EqualTo(StreamEventType.Summary));
        Assert.That(events.Select(found => found.Type), Has.None.EqualTo(StreamEventType.SourceLost));
    }

    [Test]
    public async Task ListenAsync_LiveSourceTooFast_ReplacesWhatWasLostWhereItWasLost()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(new() { BufferSeconds = 0.1 });
        var source = new Bursts();
        var session = new LiveSession(classifier, source);
        var events = new List<StreamEvent>();
        await foreach (StreamEvent found in session.ListenAsync())
        {
            events.Add(found);
            if (found.Type == StreamEventType.Listening)
                source.Begin.SetResult();
        }
        StreamEvent[] losses = [.. events.Where(each => each.Type == StreamEventType.Overrun)];
        StreamSummary summary = events[^1].Summary!;
        Assert.That(losses, Is.Not.Empty);
        Assert.That(summary.Seconds, Is.EqualTo(source.Delivered / 16000.0).Within(1e-9), "no time is lost");
        Assert.That(summary.LostSeconds, Is.EqualTo(losses.Sum(each => each.LostSeconds)).Within(1e-9));
        // The queue holds a third of a second: of each burst of two seconds the beginning arrives and the rest is lost.
        foreach (StreamEvent loss in losses)
            Assert.That(loss.Start!.Value % 2, Is.InRange(0.3, 1.99), "the beginning of a burst was queued");
        Assert.That(losses.Select(each => each.Start), Is.Ordered);
    }

    [Test]
    public async Task ListenAsync_ManyWaits_LeaveNoTimerBehind()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(new() { StallSeconds = 60 });
        long before = Timer.ActiveCount, most = 0;
        await foreach (StreamEvent found in new LiveSession(classifier,
            new FileSource("file", new Waveform(TestSignals.Join(TestSignals.Speech(4), TestSignals.Silence(0.6)), 16000), realTime: true))
            .ListenAsync())
            most = Math.Max(most, Timer.ActiveCount);
        Assert.That(most, Is.LessThan(before + 20), "the session waits a hundred times a second");
    }

    [Test]
    public void ListenAsync_Cancelled_EndsAtOnce()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        using var cancellation = new CancellationTokenSource();
        Assert.That(async () =>
        {
            await foreach (StreamEvent found in new LiveSession(classifier, new FileSource("file", Recording, realTime: true))
                .ListenAsync(cancellation.Token))
                await cancellation.CancelAsync();
        }, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void ListenAsync_Twice_IsRefused()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var session = new LiveSession(classifier, new FileSource("file", Recording, realTime: false));
        Assert.That(async () =>
        {
            for (int i = 0; i < 2; i++)
                await foreach (StreamEvent _ in session.ListenAsync())
                {
                }
        }, Throws.InvalidOperationException);
    }

    [Test]
    public async Task ListenAsync_ManySessions_LeaveNoThreadBehind()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        for (int i = 0; i < 12; i++)
            await foreach (StreamEvent found in new LiveSession(classifier, new FileSource("file", Recording, realTime: false))
                .ListenAsync())
                if (i % 2 == 0 && found.Type == StreamEventType.UtteranceStart)
                    break; // a consumer that had enough
        // Threads of the pool come and go: only those that a session starts are counted.
        Assert.That(LiveSession.ThreadsAlive, Is.Zero);
    }

    private static async Task<List<StreamEvent>> Listen(EmotionClassifier classifier, Waveform recording)
    {
        var events = new List<StreamEvent>();
        await foreach (StreamEvent found in new LiveSession(classifier, new FileSource("file", recording, realTime: false)).ListenAsync())
            events.Add(found);
        return events;
    }

    /// <summary>A live source that delivers two seconds at once, and waits until they are processed.</summary>
    private sealed class Bursts : IAudioSource
    {
        private const int Burst = 2 * 16000, All = 5 * Burst;

        public TaskCompletionSource Begin { get; } = new();

        public int Delivered { get; private set; }

        public string Name => "bursts";

        public int SampleRate => 16000;

        public bool IsLive => true;

        public async ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
        {
            await Begin.Task.ConfigureAwait(false);
            if (Delivered % Burst == 0 && Delivered > 0)
                await Task.Delay(300, cancellation).ConfigureAwait(false);
            int count = Math.Min(buffer.Length, All - Delivered);
            Delivered += count;
            return count;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Failing : IAudioSource
    {
        private int reads;

        public Action? BeforeFailure { get; set; }

        public string Name => "failing";

        public int SampleRate => 16000;

        public ValueTask<int> ReadAsync(Memory<float> buffer, CancellationToken cancellation) =>
            reads++ < 10 ? ValueTask.FromResult(buffer.Length) : Fail();

        private ValueTask<int> Fail()
        {
            BeforeFailure?.Invoke();
            throw new InvalidDataException("broken");
        }

        public void Dispose()
        {
        }
    }
}
