using System.Diagnostics;
using System.Threading.Channels;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>
/// The model thread of a <see cref="LiveSession"/>: queued chunks → stream → events. It measures latencies, reports a source that
/// stalls, and ends with the summary.
/// </summary>
internal sealed class ModelLoop
{
    private readonly LiveSession session;
    private readonly EmotionClassifier classifier;
    private readonly IAudioSource source;
    private readonly ChannelReader<CapturedChunk> chunks;
    private readonly ChannelWriter<StreamEvent> events;
    private readonly CancellationToken abandoned;
    private readonly LiveSettings settings;
    private readonly EmotionStream stream;
    private readonly LatencyHistogram latencies = new();
    private double lastLatency; // ms
    private TimeSpan work;

    public ModelLoop(
        LiveSession session, EmotionClassifier classifier, IAudioSource source,
        ChannelReader<CapturedChunk> chunks, ChannelWriter<StreamEvent> events, CancellationToken abandoned)
    {
        (this.session, this.classifier, this.source) = (session, classifier, source);
        (this.chunks, this.events, this.abandoned) = (chunks, events, abandoned);
        settings = classifier.Settings.Live;
        stream = new EmotionStream(classifier, source.SampleRate, session.Speaker);
    }

    /// <summary>Runs to the end of the source.</summary>
    /// <exception cref="OperationCanceledException">The session was abandoned.</exception>
    public void Run()
    {
        // Warm-up: the first window takes ten times as long as the next one.
        classifier.ClassifyWindow(new float[classifier.Settings.Features.SampleRate], null);
        Exception? fault = null;
        Send(new StreamEvent(StreamEventType.Listening, 0) { Message = source.Name });
        try
        {
            while (WaitForChunk())
                while (chunks.TryRead(out CapturedChunk chunk))
                    Accept(chunk);
        }
        catch (Exception caught) when (caught is InvalidDataException or IOException or ObjectDisposedException)
        {
            fault = caught; // the source failed: its samples so far are classified first
        }
        IReadOnlyList<StreamEvent> last = Timed(stream.Finish);
        Report([.. last.SkipLast(1)], Stopwatch.GetTimestamp());
        if (fault is not null)
            Send(new StreamEvent(StreamEventType.SourceLost, stream.Seconds) { Message = fault.Message });
        session.State = session.State with { Seconds = stream.Seconds, InUtterance = false };
        Send(last[^1] with { Summary = WithTimes(last[^1].Summary!) });
        if (fault is not null)
            throw fault;
    }

    private void Accept(CapturedChunk chunk)
    {
        abandoned.ThrowIfCancellationRequested();
        if (chunk.LostBefore > 0)
        {
            double step = (double)source.SampleRate / Envelope.Rate;
            for (double left = chunk.LostBefore; left > 0; left -= step)
                session.Envelope?.Add(new float[(int)Math.Min(left, step)], source.SampleRate);
            Report(Timed(() => stream.PushLost(chunk.LostBefore)), chunk.Arrived);
        }
        session.Envelope?.Add(chunk.Samples.AsSpan(0, chunk.Count), source.SampleRate);
        Report(Timed(() => stream.Push(chunk.Samples.AsSpan(0, chunk.Count))), chunk.Arrived);
        session.State = new LiveState(stream.Seconds, stream.Level, stream.InUtterance, lastLatency)
        {
            LostSeconds = stream.LostSeconds,
            SpeakerSeconds = classifier.AdaptsToSpeaker ? stream.SpeakerSeconds : null,
        };
    }

    /// <summary>Waits for the next chunk and reports a long wait; false at the end of the source.</summary>
    private bool WaitForChunk()
    {
        Task<bool> more = chunks.WaitToReadAsync(abandoned).AsTask();
        if (Task.WaitAny([more], (int)(1000 * settings.StallSeconds), CancellationToken.None) >= 0)
            return more.GetAwaiter().GetResult();
        string message = $"nothing has arrived for {settings.StallSeconds:0.#} s";
        session.State = session.State with { Trouble = message };
        Send(new StreamEvent(StreamEventType.Stalled, stream.Seconds) { Message = message });
        bool isMore = more.GetAwaiter().GetResult();
        if (isMore)
            Send(new StreamEvent(StreamEventType.Resumed, stream.Seconds));
        return isMore;
    }

    /// <summary>Sends the events of a chunk.</summary>
    /// <param name="found">The events.</param>
    /// <param name="arrived">Timestamp of the arrival of the chunk.</param>
    private void Report(IReadOnlyList<StreamEvent> found, long arrived)
    {
        foreach (StreamEvent each in found)
        {
            if (each.Type is StreamEventType.Measurement or StreamEventType.UtteranceEnd)
            {
                // The chunk also holds samples after the window: the event waited for these too.
                double after = ((double)stream.Position / source.SampleRate) - each.Time;
                lastLatency = Stopwatch.GetElapsedTime(arrived).TotalMilliseconds + (1000 * Math.Max(0, after));
                latencies.Add(lastLatency);
            }
            if (each.Type == StreamEventType.Overrun)
                Send(each with { Message = $"{each.LostSeconds:0.0} s of audio were lost: it arrived faster than it was processed" });
            else if (each.Type != StreamEventType.Window)
                Send(each);
        }
    }

    private IReadOnlyList<StreamEvent> Timed(Func<IReadOnlyList<StreamEvent>> process)
    {
        long before = Stopwatch.GetTimestamp();
        IReadOnlyList<StreamEvent> found = process();
        work += Stopwatch.GetElapsedTime(before);
        return found;
    }

    private StreamSummary WithTimes(StreamSummary summary) => summary with
    {
        LatencyP50 = latencies.Quantile(0.5),
        LatencyP95 = latencies.Quantile(0.95),
        LatencyP99 = latencies.Quantile(0.99),
        RealTimeFactor = summary.Seconds > 0 ? work.TotalSeconds / summary.Seconds : 0,
    };

    private void Send(StreamEvent found)
    {
        if (!events.TryWrite(found))
            events.WriteAsync(found, abandoned).AsTask().GetAwaiter().GetResult();
    }
}
