using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>
/// Classifies a source as it arrives. Capture, model and consumer run in parallel with bounded queues between them. A source that
/// is not live waits for a slow model or consumer, and loses nothing. Samples lost from a live source are counted and reported.
/// The model runs on a thread of its own.
/// </summary>
/// <example>
/// <code>
/// using var classifier = EmotionClassifier.Load("runs/tess");
/// using var source = FileSource.Open("call.wav", realTime: true);
/// await foreach (StreamEvent found in new LiveSession(classifier, source).ListenAsync())
///     Console.WriteLine($"{found.Time:0.0} {found.Type} {found.Emotion}");
/// </code>
/// </example>
/// <remarks>libtorch classifies one window at a time faster on one thread than on several: <c>torch.set_num_threads(1)</c>.</remarks>
public sealed class LiveSession
{
    /// <summary>Chunks per second of audio. An event waits for the end of the chunk in which its window ends.</summary>
    internal const int ChunksPerSecond = 100;

    private const int QueuedChunks = 32; // a third of a second
    private const int QueuedEvents = 64;
    private static readonly TimeSpan StopLag = TimeSpan.FromMilliseconds(150);
    private static int threadsAlive;

    private readonly EmotionClassifier classifier;
    private readonly IAudioSource source;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LiveState state = new(0, double.NegativeInfinity, false, 0);
    private int begun;

    /// <param name="classifier">The model; not disposed.</param>
    /// <param name="source">The source; not disposed.</param>
    public LiveSession(EmotionClassifier classifier, IAudioSource source)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(source);
        (this.classifier, this.source) = (classifier, source);
    }

    /// <summary>The enrolled speaker; null: none.</summary>
    public SpeakerProfile? Speaker { get; init; }

    /// <summary>Receives the envelope of the waveform, which grows with the stream; null: none.</summary>
    public Envelope? Envelope { get; init; }

    /// <summary>Number of model threads that run, in all sessions.</summary>
    internal static int ThreadsAlive => Volatile.Read(ref threadsAlive);

    /// <summary>Current state of the session. Any thread may read it.</summary>
    public LiveState State
    {
        get => state;
        internal set => state = value;
    }

    /// <summary>Ends the stream. The samples received so far are classified, and the summary follows.</summary>
    public void Stop() => stopped.TrySetResult();

    /// <summary>The events, up to the summary. A session can be listened to once.</summary>
    /// <param name="cancellation">Ends the session at once, without a summary.</param>
    /// <exception cref="InvalidOperationException">The session was listened to already.</exception>
    /// <exception cref="InvalidDataException">The source failed; the summary of its samples comes first.</exception>
    /// <exception cref="OperationCanceledException">The session was cancelled.</exception>
    public async IAsyncEnumerable<StreamEvent> ListenAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref begun, 1) == 1)
            throw new InvalidOperationException("a session can be listened to once");
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(abandoned.Token);
        int bufferChunks = (int)(ChunksPerSecond * classifier.Settings.Live.BufferSeconds);
        int queued = source.IsLive ? Math.Max(QueuedChunks, bufferChunks) : QueuedChunks;
        var chunks = Channel.CreateBounded<CapturedChunk>(new BoundedChannelOptions(queued) { SingleReader = true, SingleWriter = true });
        var events = Channel.CreateBounded<StreamEvent>(
            new BoundedChannelOptions(QueuedEvents) { SingleReader = true, SingleWriter = true });
        Task stopper = StopAsync(ending);
        Task capture = Task.Run(() => CaptureAsync(chunks.Writer, ending.Token, abandoned.Token), CancellationToken.None);
        Task model = RunModel(new ModelLoop(this, classifier, source, chunks.Reader, events.Writer, abandoned.Token), events.Writer);
        try
        {
            await foreach (StreamEvent found in events.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
                yield return found;
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

    private async Task CaptureAsync(
        ChannelWriter<CapturedChunk> chunks, CancellationToken ending, CancellationToken abandoned)
    {
        long lost = 0; // samples dropped since the last queued chunk, because the queue was full
        try
        {
            int size = Math.Max(1, source.SampleRate / ChunksPerSecond);
            while (true)
            {
                float[] samples = new float[size];
                int count = await source.ReadAsync(samples, ending).ConfigureAwait(false);
                if (count == 0)
                    break;
                var chunk = new CapturedChunk(samples, count, lost, Stopwatch.GetTimestamp());
                if (!source.IsLive)
                    await chunks.WriteAsync(chunk, ending).ConfigureAwait(false);
                else
                    lost = chunks.TryWrite(chunk) ? 0 : lost + count;
            }
            await QueueLossAsync().ConfigureAwait(false);
            chunks.TryComplete();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await QueueLossAsync().ConfigureAwait(false);
            chunks.TryComplete();
        }
        catch (Exception fault)
        {
            // Ctrl-C also ends the program behind a source, perhaps before this process receives the signal: then nothing was lost.
            await Task.WhenAny(stopped.Task, Task.Delay(StopLag, CancellationToken.None)).ConfigureAwait(false);
            await QueueLossAsync().ConfigureAwait(false);
            chunks.TryComplete(stopped.Task.IsCompleted || ending.IsCancellationRequested ? null : fault);
        }

        // A loss at the very end has no chunk behind it: the model loop reads until the channel completes, so there will be room.
        async Task QueueLossAsync()
        {
            try
            {
                if (lost > 0)
                    await chunks.WriteAsync(new CapturedChunk([], 0, lost, Stopwatch.GetTimestamp()), abandoned).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
            {
                // nobody listens any more
            }
        }
    }

    private static Task RunModel(ModelLoop loop, ChannelWriter<StreamEvent> events)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Increment(ref threadsAlive);
        new Thread(() =>
        {
            try
            {
                loop.Run();
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
}

/// <summary>Samples as received from the source.</summary>
/// <param name="Samples">Buffer of mono samples.</param>
/// <param name="Count">Number of valid samples.</param>
/// <param name="LostBefore">Number of samples that were lost between the chunk before and this one.</param>
/// <param name="Arrived">Timestamp of their arrival: <see cref="Stopwatch.GetTimestamp"/>.</param>
internal readonly record struct CapturedChunk(float[] Samples, int Count, long LostBefore, long Arrived);
