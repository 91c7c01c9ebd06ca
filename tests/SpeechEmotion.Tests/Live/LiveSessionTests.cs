using System.Diagnostics;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Live;

public class LiveSessionTests
{
    private static readonly Waveform Recording = new(
        TestSignals.Join(TestSignals.Silence(1.2), TestSignals.Speech(4), TestSignals.Silence(1.5), TestSignals.Speech(18),
            TestSignals.Silence(0.7)), 16000);

    private OneTorchThread? torchThread;

    [OneTimeSetUp]
    public void UseOneTorchThread() => torchThread = new OneTorchThread();

    [OneTimeTearDown]
    public void RestoreTorchThreads() => torchThread?.Dispose();

    [Test]
    public async Task ListenAsync_File_ReportsTheResultOfClassify()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        List<LiveEvent> events = await Listen(classifier, Recording);
        Prediction prediction = classifier.Classify(Recording);

        Assert.That(events.Where(liveEvent => liveEvent.Type != LiveEventType.Measurement).Select(liveEvent => liveEvent.Type),
            Is.EqualTo(new[]
        {
            LiveEventType.Listening, LiveEventType.NoSpeech, LiveEventType.UtteranceStart, LiveEventType.UtteranceEnd,
            LiveEventType.NoSpeech, LiveEventType.UtteranceStart, LiveEventType.UtteranceEnd, LiveEventType.Summary,
        }));
        LiveEvent[] ends = [.. events.Where(liveEvent => liveEvent.Type == LiveEventType.UtteranceEnd)];
        Assert.That(ends.Select(end => (end.Start, end.End)),
            Is.EqualTo(prediction.Windows.Select(window => ((double?)window.Start, (double?)window.End))));
        for (int i = 0; i < ends.Length; i++)
            Assert.That(ends[i].Probabilities!.Values, Is.EqualTo(prediction.Windows[i].Probabilities.Values).Within(1e-5));
        LiveEvent last = events[^1];
        Assert.That(last.Emotion, Is.EqualTo(prediction.Emotion));
        Assert.That(last.Probabilities!.Values, Is.EqualTo(prediction.Probabilities.Values).Within(1e-5));
        Assert.That(last.Summary!.Utterances, Is.EqualTo(2));
        Assert.That(last.Summary.Seconds, Is.EqualTo(Recording.Seconds).Within(1e-9));
        Assert.That(last.Summary.EmotionSeconds.Values.Sum(), Is.EqualTo(last.Summary.SpeechSeconds).Within(1e-9));
        Assert.That(last.Summary.LatencyP50, Is.InRange(0.01, last.Summary.LatencyP95));
        Assert.That(events.Select(liveEvent => liveEvent.Time), Is.Ordered);
        Assert.That(events, Has.Some.Matches<LiveEvent>(liveEvent => liveEvent!.Type == LiveEventType.Measurement));
    }

    [Test]
    public async Task ListenAsync_SlowConsumer_LosesNothing()
    {
        using EmotionClassifier classifier = TinyModel.Classifier(new() { HopSeconds = 0.02 });
        List<LiveEvent> quick = await Listen(classifier, Recording), slow = [];
        await foreach (LiveEvent liveEvent in new LiveSession(classifier, new FileSource("file", Recording, realTime: false)).ListenAsync())
        {
            await Task.Delay(5);
            slow.Add(liveEvent);
        }
        Assert.That(slow.Select(Line), Is.EqualTo(quick.Select(Line)));
        Assert.That(quick, Has.Count.GreaterThan(64 + 16), "more events than the queue holds");

        static string Line(LiveEvent liveEvent) => LiveEventJson.Line(liveEvent with { Summary = null });
    }

    [Test]
    public async Task ListenAsync_RealTime_TakesAsLongAsTheFile()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var watch = Stopwatch.StartNew();
        await foreach (LiveEvent _ in new LiveSession(classifier,
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
        var events = new List<LiveEvent>();
        await foreach (LiveEvent liveEvent in session.ListenAsync())
        {
            events.Add(liveEvent);
            if (liveEvent.Type == LiveEventType.UtteranceStart)
                session.Stop();
        }
        Assert.That(events.TakeLast(2).Select(liveEvent => liveEvent.Type),
            Is.EqualTo(new[] { LiveEventType.UtteranceEnd, LiveEventType.Summary }));
        Assert.That(events[^1].Summary!.Seconds, Is.LessThan(Recording.Seconds));
    }

    [Test]
    public async Task ListenAsync_SourceFails_SummarisesAndThrows()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var events = new List<LiveEvent>();
        Assert.That(async () =>
        {
            await foreach (LiveEvent liveEvent in new LiveSession(classifier, new Failing()).ListenAsync())
                events.Add(liveEvent);
        }, Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("broken"));
        Assert.That(events[^1].Type, Is.EqualTo(LiveEventType.Summary));
        Assert.That((events[^2].Type, events[^2].Message), Is.EqualTo((LiveEventType.SourceLost, "broken")));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Stop_SourceEndsByTheSameSignal_IsNoLoss()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        var source = new Failing();
        var session = new LiveSession(classifier, source);
        source.BeforeFailure = () => Task.Delay(20).ContinueWith(_ => session.Stop(), TaskScheduler.Default);
        var events = new List<LiveEvent>();
        await foreach (LiveEvent liveEvent in session.ListenAsync())
            events.Add(liveEvent);
        Assert.That(events[^1].Type, Is.EqualTo(LiveEventType.Summary));
        Assert.That(events.Select(liveEvent => liveEvent.Type), Has.None.EqualTo(LiveEventType.SourceLost));
    }

    [Test]
    public void ListenAsync_Cancelled_EndsAtOnce()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        using var cancellation = new CancellationTokenSource();
        Assert.That(async () =>
        {
            await foreach (LiveEvent liveEvent in new LiveSession(classifier, new FileSource("file", Recording, realTime: true))
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
                await foreach (LiveEvent _ in session.ListenAsync())
                {
                }
        }, Throws.InvalidOperationException);
    }

    [Test]
    public async Task ListenAsync_ManySessions_LeaveNoThreadBehind()
    {
        using EmotionClassifier classifier = TinyModel.Classifier();
        for (int i = 0; i < 12; i++)
            await foreach (LiveEvent liveEvent in new LiveSession(classifier, new FileSource("file", Recording, realTime: false))
                .ListenAsync())
                if (i % 2 == 0 && liveEvent.Type == LiveEventType.UtteranceStart)
                    break; // a consumer that had enough
        // Threads of the pool come and go: only those that a session starts are counted.
        Assert.That(LiveSession.ThreadsAlive, Is.Zero);
    }

    private static async Task<List<LiveEvent>> Listen(EmotionClassifier classifier, Waveform recording)
    {
        var events = new List<LiveEvent>();
        await foreach (LiveEvent liveEvent in new LiveSession(classifier, new FileSource("file", recording, realTime: false)).ListenAsync())
            events.Add(liveEvent);
        return events;
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
