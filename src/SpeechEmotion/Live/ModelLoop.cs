using System.Diagnostics;
using System.Threading.Channels;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>
/// The model thread of a <see cref="LiveSession"/>: queued chunks → stream classifier → events. It replaces lost samples with
/// silence, reports a source that stalls, and ends with the summary.
/// </summary>
internal sealed class ModelLoop
{
    private readonly LiveSession session;
    private readonly EmotionClassifier classifier;
    private readonly IAudioSource source;
    private readonly ChannelReader<CapturedChunk> chunks;
    private readonly ChannelWriter<LiveEvent> events;
    private readonly CancellationToken abandoned;
    private readonly LiveSettings settings;
    private readonly SessionStatistics statistics;
    private readonly StreamClassifier stream;
    private long arrived = Stopwatch.GetTimestamp();
    private long pushed; // samples, including the silence in place of lost ones
    private TimeSpan waited; // for the consumer, within the current chunk

    public ModelLoop(
        LiveSession session, EmotionClassifier classifier, IAudioSource source,
        ChannelReader<CapturedChunk> chunks, ChannelWriter<LiveEvent> events, CancellationToken abandoned)
    {
        (this.session, this.classifier, this.source) = (session, classifier, source);
        (this.chunks, this.events, this.abandoned) = (chunks, events, abandoned);
        settings = classifier.Settings.Live;
        statistics = new SessionStatistics(classifier.Labels, classifier.AdaptsToSpeaker, settings.UncertainBelow);
        stream = new StreamClassifier(classifier, source.SampleRate, measures: true, Report, session.Speaker);
    }

    /// <summary>Runs to the end of the source.</summary>
    /// <exception cref="OperationCanceledException">The session was abandoned.</exception>
    public void Run()
    {
        // Warm-up: the first window takes ten times as long as the next one.
        classifier.ClassifyWindow(new float[classifier.Settings.Features.SampleRate], null);
        Exception? fault = null;
        Send(new LiveEvent(LiveEventType.Listening, 0) { Message = source.Name });
        try
        {
            while (WaitForChunk())
                while (chunks.TryRead(out CapturedChunk chunk))
                    Take(chunk);
        }
        catch (Exception caught) when (caught is InvalidDataException or IOException or ObjectDisposedException)
        {
            fault = caught; // the source failed: its samples so far are classified first
        }
        arrived = Stopwatch.GetTimestamp();
        FillLost();
        stream.Finish();
        if (fault is not null)
            Send(new LiveEvent(LiveEventType.SourceLost, stream.Seconds) { Message = fault.Message });
        session.State = session.State with { Seconds = stream.Seconds, InUtterance = false };
        Send(statistics.Summary(stream.Seconds));
        if (fault is not null)
            throw fault;
    }

    private void Take(CapturedChunk chunk)
    {
        FillLost();
        long before = Stopwatch.GetTimestamp();
        (arrived, waited) = (chunk.Arrived, TimeSpan.Zero);
        Push(chunk.Samples.AsSpan(0, chunk.Count));
        statistics.Work += Stopwatch.GetElapsedTime(before) - waited;
        session.State = new LiveState(stream.Seconds, stream.Latest.Level, stream.InUtterance, statistics.LastLatency)
        {
            LostSeconds = statistics.LostSeconds,
            SpeakerSeconds = classifier.AdaptsToSpeaker ? stream.SpeakerSeconds : null,
        };
    }

    private void Push(ReadOnlySpan<float> samples)
    {
        session.Envelope?.Add(samples, source.SampleRate);
        pushed += samples.Length;
        stream.Push(samples, abandoned);
    }

    /// <summary>Replaces lost samples with silence, so that times stay correct and the audio before and after is not joined.</summary>
    private void FillLost()
    {
        long samples = session.TakeLost();
        if (samples == 0)
            return;
        double seconds = (double)samples / source.SampleRate;
        statistics.LostSeconds += seconds;
        Send(new LiveEvent(LiveEventType.Overrun, stream.Seconds)
        {
            LostSeconds = seconds,
            Message = $"{seconds:0.0} s of audio were lost: it arrived faster than it was processed",
        });
        float[] silence = new float[source.SampleRate / LiveSession.ChunksPerSecond];
        for (; samples > 0; samples -= silence.Length)
            Push(silence.AsSpan(0, (int)Math.Min(samples, silence.Length)));
    }

    /// <summary>Waits for the next chunk and reports a long wait; false at the end of the source.</summary>
    private bool WaitForChunk()
    {
        Task<bool> more = chunks.WaitToReadAsync(abandoned).AsTask();
        if (Task.WhenAny(more, Task.Delay(TimeSpan.FromSeconds(settings.StallSeconds), abandoned)).GetAwaiter().GetResult() == more)
            return more.GetAwaiter().GetResult();
        string message = $"nothing has arrived for {settings.StallSeconds:0.#} s";
        session.State = session.State with { Trouble = message };
        Send(new LiveEvent(LiveEventType.Stalled, stream.Seconds) { Message = message });
        bool isMore = more.GetAwaiter().GetResult();
        if (isMore)
            Send(new LiveEvent(LiveEventType.Resumed, stream.Seconds));
        return isMore;
    }

    private void Report(StreamEvent found)
    {
        // The chunk also holds samples after the window: the event waited for these too.
        double after = ((double)pushed / source.SampleRate) - found.Time;
        double latency = Stopwatch.GetElapsedTime(arrived).TotalMilliseconds + (1000 * Math.Max(0, after));
        if (statistics.Accept(found, latency) is not { } liveEvent)
            return;
        long before = Stopwatch.GetTimestamp();
        Send(liveEvent);
        waited += Stopwatch.GetElapsedTime(before);
    }

    private void Send(LiveEvent liveEvent)
    {
        if (!events.TryWrite(liveEvent))
            events.WriteAsync(liveEvent, abandoned).AsTask().GetAwaiter().GetResult();
    }
}
