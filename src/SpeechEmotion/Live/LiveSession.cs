using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Live;

/// <summary>
/// Listens to a source: capture, model and consumer run apart, with bounded queues between them. When the consumer or the
/// model is too slow the source waits, and nothing is lost; of a source that cannot wait, what is lost is counted and told. The model runs on a thread of its own.
/// </summary>
/// <example>
/// <code>
/// using var classifier = EmotionClassifier.Load("runs/tess");
/// using var source = FileSource.Open("call.wav", realTime: true);
/// await foreach (LiveEvent heard in new LiveSession(classifier, source).ListenAsync())
///     Console.WriteLine($"{heard.Time:0.0} {heard.Type} {heard.Emotion}");
/// </code>
/// </example>
/// <remarks>One window at a time is faster on one thread of libtorch than on several: <c>torch.set_num_threads(1)</c>.</remarks>
public sealed class LiveSession
{
    private const int ChunksPerSecond = 100; // a window waits for the rest of the chunk that it ends in
    private const int QueuedChunks = 32; // a third of a second
    private const int QueuedEvents = 64;

    private static readonly TimeSpan StopLag = TimeSpan.FromMilliseconds(150);

    private static int threadsAlive;

    private readonly EmotionClassifier classifier;
    private readonly IAudioSource source;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LiveState state = new(0, double.NegativeInfinity, false, 0);
    private int begun;
    private long lost; // samples that found no room

    /// <param name="classifier">The model; not disposed.</param>
    /// <param name="source">The sound; not disposed.</param>
    public LiveSession(EmotionClassifier classifier, IAudioSource source)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(source);
        (this.classifier, this.source) = (classifier, source);
    }

    /// <summary>What is known of the voice before the session begins; null: nothing.</summary>
    public SpeakerProfile? Speaker { get; init; }

    /// <summary>Gets the outline of the waveform when somebody wants it; it grows with the stream.</summary>
    internal Envelope? Envelope { get; init; }

    /// <summary>Threads of models that run now, in all sessions.</summary>
    internal static int ThreadsAlive => Volatile.Read(ref threadsAlive);

    /// <summary>Where the session stands; can be asked from any thread.</summary>
    public LiveState State => state;

    /// <summary>Ends the stream here: what was heard is still decided, and the summary follows.</summary>
    public void Stop() => stopped.TrySetResult();

    /// <summary>The events, up to the summary. Can be listened to once.</summary>
    /// <param name="cancellation">Ends the session at once, without a summary.</param>
    /// <exception cref="InvalidOperationException">The session was listened to already.</exception>
    /// <exception cref="InvalidDataException">The source failed; the summary of what it gave comes first.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public async IAsyncEnumerable<LiveEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref begun, 1) == 1)
            throw new InvalidOperationException("a session can be listened to once");
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(abandoned.Token);
        Channel<Chunk> chunks = Channel.CreateBounded<Chunk>(new BoundedChannelOptions(source.IsLive ? Math.Max(QueuedChunks, (int)(ChunksPerSecond * classifier.Settings.Live.BufferSeconds)) : QueuedChunks) { SingleReader = true, SingleWriter = true });
        Channel<LiveEvent> events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(QueuedEvents) { SingleReader = true, SingleWriter = true });
        Task stopper = StopAsync(ending);
        Task capture = Task.Run(() => CaptureAsync(chunks.Writer, ending.Token), CancellationToken.None);
        Task model = RunModel(chunks.Reader, events.Writer, abandoned.Token);
        try
        {
            await foreach (LiveEvent liveEvent in events.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
                yield return liveEvent;
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(capture, model, stopper).ConfigureAwait(false);
        }
    }

    private async Task StopAsync(CancellationTokenSource ending)
    {
        await Task.WhenAny(stopped.Task, Task.Delay(Timeout.Infinite, ending.Token)).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
    }

    private async Task CaptureAsync(ChannelWriter<Chunk> chunks, CancellationToken ending)
    {
        try
        {
            int size = Math.Max(1, source.SampleRate / ChunksPerSecond);
            while (true)
            {
                float[] samples = new float[size];
                int count = await source.ReadAsync(samples, ending).ConfigureAwait(false);
                if (count == 0)
                    break;
                if (!source.IsLive)
                    await chunks.WriteAsync(new Chunk(samples, count, Stopwatch.GetTimestamp()), ending).ConfigureAwait(false);
                else if (!chunks.TryWrite(new Chunk(samples, count, Stopwatch.GetTimestamp())))
                    Interlocked.Add(ref lost, count);
            }
            chunks.TryComplete();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            chunks.TryComplete();
        }
        catch (Exception fault)
        {
            // Ctrl-C reaches the program behind a source too, perhaps before it is heard here: then nothing was lost.
            await Task.WhenAny(stopped.Task, Task.Delay(StopLag, CancellationToken.None)).ConfigureAwait(false);
            chunks.TryComplete(stopped.Task.IsCompleted || ending.IsCancellationRequested ? null : fault);
        }
    }

    private Task RunModel(ChannelReader<Chunk> chunks, ChannelWriter<LiveEvent> events, CancellationToken abandoned)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref threadsAlive);
        new Thread(() =>
        {
            try
            {
                Listen(chunks, events, abandoned);
                events.TryComplete();
            }
            catch (Exception fault)
            {
                events.TryComplete(fault);
            }
            Interlocked.Decrement(ref threadsAlive);
            done.SetResult();
        })
        {
            IsBackground = true,
            Name = "live model",
        }.Start();
        return done.Task;
    }

    private void Listen(ChannelReader<Chunk> chunks, ChannelWriter<LiveEvent> events, CancellationToken abandoned)
    {
        // The first window through a model takes ten times as long as the next: here it keeps nobody waiting.
        classifier.ClassifyWindow(new float[classifier.Settings.Features.SampleRate], null);
        LiveSettings settings = classifier.Settings.Live;
        var account = new SessionStatistics(classifier.Labels, classifier.AdaptsToSpeaker, settings.UncertainBelow);
        long arrived = Stopwatch.GetTimestamp(), pushed = 0;
        TimeSpan waited = TimeSpan.Zero;
        var stream = new StreamClassifier(classifier, source.SampleRate, measures: true, found =>
        {
            // What lies behind the window in the chunk came after it, and was waited for too.
            double behind = ((double)pushed / source.SampleRate) - found.Time;
            if (account.Accept(found, Stopwatch.GetElapsedTime(arrived).TotalMilliseconds + (1000 * Math.Max(0, behind))) is not { } liveEvent)
                return;
            long before = Stopwatch.GetTimestamp();
            Send(liveEvent);
            waited += Stopwatch.GetElapsedTime(before);
        }, Speaker);
        Exception? fault = null;
        Send(new LiveEvent(LiveEventType.Listening, 0) { Message = source.Name });
        try
        {
            while (Wait())
                while (chunks.TryRead(out Chunk chunk))
                {
                    Fill();
                    long before = Stopwatch.GetTimestamp();
                    (arrived, waited) = (chunk.Arrived, TimeSpan.Zero);
                    Envelope?.Add(chunk.Samples.AsSpan(0, chunk.Count), source.SampleRate);
                    pushed += chunk.Count;
                    stream.Push(chunk.Samples.AsSpan(0, chunk.Count), abandoned);
                    account.Work += Stopwatch.GetElapsedTime(before) - waited;
                    state = new LiveState(stream.Seconds, stream.Latest.Level, stream.InUtterance, account.LastLatency)
                    {
                        LostSeconds = account.LostSeconds,
                        SpeakerSeconds = classifier.AdaptsToSpeaker ? stream.SpeakerSeconds : null,
                    };
                }
        }
        catch (Exception caught) when (caught is InvalidDataException or IOException or ObjectDisposedException)
        {
            fault = caught; // of the source: what it gave before is decided first
        }
        arrived = Stopwatch.GetTimestamp();
        Fill();
        stream.Finish();
        if (fault is not null)
            Send(new LiveEvent(LiveEventType.SourceLost, stream.Seconds) { Message = fault.Message });
        state = state with { Seconds = stream.Seconds, InUtterance = false };
        Send(account.Summary(stream.Seconds));
        if (fault is not null)
            throw fault;

        // What was lost is heard as silence: times stay true, and nothing is joined that was apart.
        void Fill()
        {
            long samples = Interlocked.Exchange(ref lost, 0);
            if (samples == 0)
                return;
            double seconds = (double)samples / source.SampleRate;
            account.LostSeconds += seconds;
            Send(new LiveEvent(LiveEventType.Overrun, stream.Seconds) { LostSeconds = seconds, Message = $"{seconds:0.0} s of sound were lost: it came faster than it was heard" });
            float[] silence = new float[source.SampleRate / ChunksPerSecond];
            for (; samples > 0; samples -= silence.Length)
            {
                Span<float> part = silence.AsSpan(0, (int)Math.Min(samples, silence.Length));
                Envelope?.Add(part, source.SampleRate);
                pushed += part.Length;
                stream.Push(part, abandoned);
            }
        }

        // Whether there is more; says so when it takes long.
        bool Wait()
        {
            Task<bool> more = chunks.WaitToReadAsync(abandoned).AsTask();
            if (Task.WhenAny(more, Task.Delay(TimeSpan.FromSeconds(settings.StallSeconds), abandoned)).GetAwaiter().GetResult() == more)
                return more.GetAwaiter().GetResult();
            string message = $"nothing has arrived for {settings.StallSeconds:0.#} s";
            state = state with { Trouble = message };
            Send(new LiveEvent(LiveEventType.Stalled, stream.Seconds) { Message = message });
            bool isMore = more.GetAwaiter().GetResult();
            if (isMore)
                Send(new LiveEvent(LiveEventType.Resumed, stream.Seconds));
            return isMore;
        }

        void Send(LiveEvent liveEvent)
        {
            if (!events.TryWrite(liveEvent))
                events.WriteAsync(liveEvent, abandoned).AsTask().GetAwaiter().GetResult();
        }
    }

    private readonly record struct Chunk(float[] Samples, int Count, long Arrived);
}
