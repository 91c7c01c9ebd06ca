using System.Diagnostics.CodeAnalysis;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Streaming;

/// <summary>
/// Follows one stream of speech: samples of any rate in chunks of any size → utterances and windows → events. It has no threads, timers
/// or clocks: its events depend on the samples alone, not on the chunks or the time. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>An utterance up to <see cref="LiveSettings.UtteranceSeconds"/> is classified as one window from its start to its end, like a
/// clip of a corpus in training and evaluation. The probabilities of a longer one are pooled from its full windows of
/// <see cref="LiveSettings.WindowSeconds"/>, one per hop of speech, and the window that ends with the utterance.</para>
/// <para>A model that adapts to speakers adapts to the speaker of the stream, utterance by utterance.</para>
/// <para><see cref="Snapshot"/> gives the state as bytes. <see cref="Restore(EmotionClassifier, ReadOnlySpan{byte})"/>, in this process
/// or another, continues with the events that the undisturbed stream would have given, to the bit, when the samples from
/// <see cref="Durable"/> on are pushed again.</para>
/// </remarks>
/// <example>
/// <code>
/// using var model = EmotionClassifier.Load("voices");
/// var stream = new EmotionStream(model, sampleRate: 48000);
/// foreach (float[] chunk in microphone)
///     foreach (StreamEvent found in stream.Push(chunk))
///         Console.WriteLine(found.ToJson());
/// </code>
/// </example>
[SuppressMessage("Naming", "CA1711", Justification = "a stream of speech, not of bytes; the field's word")]
public sealed class EmotionStream
{
    private readonly EmotionClassifier model;
    private readonly ClassifierBatch? batch;
    private readonly int sourceRate, rate;
    private readonly long maxSingleWindow;
    private readonly bool measures;
    private readonly StreamResampler resampler;
    private readonly StreamHighPass? highPass;
    private readonly SpeechDetector detector;
    private readonly Segmenter segmenter;
    private readonly SampleHistory history = new();
    private readonly OnlineSpeakerAdaptation adaptation;
    private readonly StreamTotals totals;
    private readonly Queue<SpeechCut> cuts = new(); // found, and not yet turned into events
    private readonly List<StreamEvent> ready = [];
    private Utterance? open;
    private Decision? due;
    private long sequence;
    private long told;       // source samples up to which the stream had come before it was restored
    private bool mustRefill; // whether the detector still lacks the samples of its last frame, after the stream was restored
    private bool isFinished;

    /// <param name="model">The model; not disposed.</param>
    /// <param name="sampleRate">Rate of the samples pushed, in Hz.</param>
    /// <param name="speaker">The enrolled speaker; null: none.</param>
    /// <param name="measures">
    /// Whether to report measurements while an utterance continues. Without them only the windows that are pooled are computed.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the limits of <see cref="Resampler"/>.</exception>
    public EmotionStream(EmotionClassifier model, int sampleRate, SpeakerProfile? speaker = null, bool measures = true)
        : this(model, null, sampleRate, speaker, measures)
    {
    }

    /// <summary>A stream whose windows are classified together with those of other streams.</summary>
    /// <param name="batch">
    /// The batch. Events from a window on are ready after <see cref="ClassifierBatch.Run"/>: the next <see cref="Push"/> or
    /// <see cref="Take"/> returns them. The streams of a batch are pushed on the thread that runs it.
    /// </param>
    /// <param name="sampleRate">Rate of the samples pushed, in Hz.</param>
    /// <param name="speaker">The enrolled speaker; null: none.</param>
    /// <param name="measures">Whether to report measurements while an utterance continues.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the limits of <see cref="Resampler"/>.</exception>
    public EmotionStream(ClassifierBatch batch, int sampleRate, SpeakerProfile? speaker = null, bool measures = true)
        : this((batch ?? throw new ArgumentNullException(nameof(batch))).Model, batch, sampleRate, speaker, measures)
    {
    }

    private EmotionStream(EmotionClassifier model, ClassifierBatch? batch, int sampleRate, SpeakerProfile? speaker, bool measures)
    {
        ArgumentNullException.ThrowIfNull(model);
        (this.model, this.batch, sourceRate, this.measures) = (model, batch, sampleRate, measures);
        LiveSettings settings = model.Settings.Live;
        FeatureSettings features = model.Settings.Features;
        rate = features.SampleRate;
        maxSingleWindow = (long)Math.Round(settings.UtteranceSeconds * rate);
        resampler = new StreamResampler(sampleRate, rate);
        highPass = features.HighPassHz > 0 ? new StreamHighPass(features.HighPassHz, rate) : null;
        detector = new SpeechDetector(settings, rate);
        segmenter = new Segmenter(settings, rate, detector.FrameLength, features.HopLength);
        adaptation = new OnlineSpeakerAdaptation(speaker, model.AdaptsToSpeaker ? settings.AdaptationSeconds : 0);
        totals = new StreamTotals(model.Labels, settings.UncertainBelow);
    }

    /// <summary>Rate of the samples pushed, in Hz.</summary>
    public int SampleRate => sourceRate;

    /// <summary>Number of the next sample to push: the samples so far; after <c>Restore</c>, <see cref="Durable"/>.</summary>
    public long Position => resampler.Received;

    /// <summary>
    /// Number of samples that the stream has ever received. After <c>Restore</c> it is above <see cref="Position"/> until the samples from
    /// <see cref="Durable"/> on have come again.
    /// </summary>
    public long Received => Math.Max(told, Position);

    /// <summary>
    /// Number of the oldest sample that the stream still needs. Whoever wants to restore the stream from its last snapshot keeps the
    /// samples from there on.
    /// </summary>
    public long Durable => resampler.FirstInputOf(FirstToRestore());

    /// <summary>Seconds of the stream processed so far.</summary>
    public double Seconds => (double)segmenter.Now / rate;

    /// <summary>Whether the stream is inside an utterance.</summary>
    public bool InUtterance => segmenter.InUtterance;

    /// <summary>Level of the last VAD frame in dB relative to full scale, after a high-pass filter.</summary>
    public double Level { get; private set; } = double.NegativeInfinity;

    /// <summary>Seconds of speech that the model has adapted to; 0 for a model that does not adapt to speakers.</summary>
    public double SpeakerSeconds => model.AdaptsToSpeaker ? adaptation.Seconds : 0;

    /// <summary>Seconds of audio lost so far.</summary>
    public double LostSeconds => totals.LostSeconds;

    /// <summary>Receives every pooled window, with the seconds of speech that no window before it covers.</summary>
    internal Action<ClassifiedWindow, double>? WindowPooled { get; init; }

    /// <summary>Processes the next samples.</summary>
    /// <returns>The events that are ready.</returns>
    /// <exception cref="InvalidOperationException">The stream has ended.</exception>
    public IReadOnlyList<StreamEvent> Push(ReadOnlySpan<float> samples)
    {
        ThrowIfFinished();
        int chunk = Math.Max(1, sourceRate / 4); // bounds the memory of the resampled samples
        for (; samples.Length > 0; samples = samples[Math.Min(chunk, samples.Length)..])
            Process(resampler.Push(samples[..Math.Min(chunk, samples.Length)]));
        return Take();
    }

    /// <summary>
    /// States that samples were lost at this place. Silence of the same length replaces them, so that times stay correct and the audio
    /// before and after is not joined.
    /// </summary>
    /// <param name="samples">Number of samples lost, at the source's rate.</param>
    /// <returns>The events that are ready: <see cref="StreamEventType.Overrun"/> first.</returns>
    /// <exception cref="InvalidOperationException">The stream has ended.</exception>
    public IReadOnlyList<StreamEvent> PushLost(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ThrowIfFinished();
        if (samples == 0)
            return Take();
        if (Position >= told) // else it was reported before the snapshot
        {
            long at = Position;
            cuts.Enqueue(new SpeechCut(StreamEventType.Overrun, at, at + samples, segmenter.Now));
            Advance();
        }
        float[] silence = new float[(int)Math.Min(samples, Math.Max(1, sourceRate / 4))];
        for (long left = samples; left > 0; left -= silence.Length)
            Process(resampler.Push(silence.AsSpan(0, (int)Math.Min(left, silence.Length))));
        return Take();
    }

    /// <summary>
    /// Ends the stream, and an open utterance with it. The last event is <see cref="StreamEventType.Summary"/>. No samples can be pushed
    /// afterwards.
    /// </summary>
    /// <returns>The events that are ready.</returns>
    /// <exception cref="InvalidOperationException">The stream has ended already.</exception>
    public IReadOnlyList<StreamEvent> Finish()
    {
        ThrowIfFinished();
        Process(resampler.Finish());
        isFinished = true;
        foreach (SpeechCut cut in segmenter.Finish(history.End))
            cuts.Enqueue(cut);
        cuts.Enqueue(new SpeechCut(StreamEventType.Summary, 0, history.End, history.End));
        Advance();
        return Take();
    }

    /// <summary>Returns the events that became ready since the last call, for a stream of a batch.</summary>
    public IReadOnlyList<StreamEvent> Take()
    {
        StreamEvent[] taken = [.. ready];
        ready.Clear();
        return taken;
    }

    /// <summary>
    /// The state of the stream, without sound: about 10 KB. It is valid for this model alone. Samples from <see cref="Durable"/> on must
    /// be pushed again after <c>Restore</c>, lost ones with <see cref="PushLost"/> in the same places.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The stream has ended, or events are ready that nobody took: they would be lost.
    /// </exception>
    public byte[] Snapshot()
    {
        ThrowIfFinished();
        if (ready.Count > 0)
            throw new InvalidOperationException($"{ready.Count} events are ready: take them before the snapshot");
        return StreamSnapshot.Write(model.Hash, state =>
        {
            state.Exchange(sourceRate);
            state.Exchange(measures);
            Exchange(state);
        });
    }

    /// <summary>Continues a stream from a snapshot. Samples are pushed from <see cref="Durable"/> on.</summary>
    /// <param name="model">The model of the stream; not disposed.</param>
    /// <param name="snapshot">Result of <see cref="Snapshot"/>.</param>
    /// <exception cref="InvalidDataException">It is no snapshot, is damaged, or is of another version or another model.</exception>
    public static EmotionStream Restore(EmotionClassifier model, ReadOnlySpan<byte> snapshot)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Restore(model, null, snapshot);
    }

    /// <summary>Continues a stream from a snapshot, as a stream of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="snapshot">Result of <see cref="Snapshot"/>.</param>
    /// <exception cref="InvalidDataException">It is no snapshot, is damaged, or is of another version or another model.</exception>
    public static EmotionStream Restore(ClassifierBatch batch, ReadOnlySpan<byte> snapshot)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Restore(batch.Model, batch, snapshot);
    }

    private static EmotionStream Restore(EmotionClassifier model, ClassifierBatch? batch, ReadOnlySpan<byte> snapshot)
    {
        StateArchive state = StreamSnapshot.Read(snapshot, model.Hash);
        var stream = new EmotionStream(model, batch, state.Exchange(0), null, state.Exchange(false));
        stream.Exchange(state);
        return stream;
    }

    private void ThrowIfFinished()
    {
        if (isFinished)
            throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>Writes or reads everything but sound.</summary>
    private void Exchange(StateArchive state)
    {
        sequence = state.Exchange(sequence);
        told = state.Exchange(Received);
        Level = state.Exchange(Level);
        detector.Exchange(state);
        segmenter.Exchange(state);
        adaptation.Exchange(state);
        totals.Exchange(state);
        List<SpeechCut> waiting = state.Exchange(cuts, cut => cut.Exchange(state));
        bool isOpen = state.Exchange(open is not null);
        if (state.IsReading)
        {
            open = isOpen ? new Utterance(0, model.Labels.Count) : null;
            waiting.ForEach(cuts.Enqueue);
        }
        open?.Exchange(state);
        highPass?.Exchange(state, FirstNeeded());
        if (!state.IsReading)
            return;
        // From here on the samples come again. The detector has seen those before segmenter.Now already.
        long first = FirstToRestore();
        history.Restart(first);
        resampler.Restart(first);
        mustRefill = segmenter.Now > 0;
    }

    /// <summary>Passes resampled samples to the detector, frame by frame, and turns what it finds into events.</summary>
    private void Process(int count)
    {
        Span<float> added = history.Append(count);
        resampler.Read(added);
        highPass?.Apply(added);
        if (mustRefill && history.End >= segmenter.Now)
        {
            detector.Refill(history[segmenter.Now - detector.FrameLength, segmenter.Now]);
            mustRefill = false;
        }
        while (history.End - segmenter.Now >= detector.FrameLength)
        {
            VadFrame frame = detector.Next(history[segmenter.Now, segmenter.Now + detector.FrameLength]);
            Level = frame.Level;
            foreach (SpeechCut cut in segmenter.Next(frame))
                cuts.Enqueue(cut);
            Advance();
        }
        Advance();
        history.DropBefore(OldestNeeded());
        highPass?.DropBefore(FirstNeeded());
    }

    /// <summary>First sample, at the model's rate, that comes again after a restoration.</summary>
    private long FirstToRestore() => highPass?.PointBefore(FirstNeeded()) ?? FirstNeeded();

    /// <summary>First sample, at the model's rate, that a restored stream needs: for a window, or for the detector's last frame.</summary>
    private long FirstNeeded() => Math.Max(0, Math.Min(OldestNeeded(), segmenter.Now - detector.FrameLength));

    /// <summary>First sample, at the model's rate, that a window can contain which is not classified yet.</summary>
    private long OldestNeeded()
    {
        long oldest = open is { IsLong: false } ? open.Start : segmenter.Oldest;
        foreach (SpeechCut cut in cuts)
            oldest = cut.Type switch
            {
                StreamEventType.UtteranceStart or StreamEventType.Measurement => Math.Min(oldest, cut.Start),
                StreamEventType.UtteranceEnd => Math.Min(oldest, segmenter.WindowStart(cut.Start, cut.End)),
                _ => oldest,
            };
        foreach (Window window in open?.Waiting ?? [])
            oldest = Math.Min(oldest, window.Start);
        return oldest;
    }

    /// <summary>Turns cuts into events, in order, up to the first whose windows wait for the batch or for samples.</summary>
    private void Advance()
    {
        while (due is null && cuts.TryPeek(out SpeechCut cut) && (cut.Time <= history.End || !NeedsSound(cut)))
        {
            due = Decide(cut);
            foreach (Window window in due.Windows.Where(window => window.Result is null))
                Classify(window, due);
            if (due.Missing > 0)
                return;
            Conclude();
        }
    }

    private static bool NeedsSound(SpeechCut cut) => cut.Type is StreamEventType.Measurement or StreamEventType.UtteranceEnd;

    private void Classify(Window window, Decision decision)
    {
        FeatureMatrix features = model.Features(history[window.Start, window.End], isFiltered: true);
        if (batch is null)
        {
            window.Result = Kept(model.Classify([features], [adaptation.Statistics])[0]);
            return;
        }
        decision.Missing++;
        batch.Add(features, adaptation.Statistics, result =>
        {
            window.Result = Kept(result);
            if (--decision.Missing > 0)
                return;
            Conclude();
            Advance();
        });
    }

    /// <summary>The features are large, and only enrolment needs them.</summary>
    private ClassifiedWindow Kept(ClassifiedWindow result) => WindowPooled is null ? result with { Features = null } : result;

    /// <summary>The windows that a cut needs classified. The state of the utterance does not change before they are.</summary>
    private Decision Decide(SpeechCut cut)
    {
        if (cut.Type == StreamEventType.Measurement)
        {
            var window = new Window(cut.Start, cut.End);
            Window[] full = segmenter.IsFull(cut.End - cut.Start) ? [window] : [];
            bool isLong = open!.IsLong || cut.End - open.Start > maxSingleWindow;
            long certain = segmenter.CertainEnd(open.Start); // a window beyond may end after the utterance, should that be cut
            return new Decision(isLong, measures ? window : null, full,
                isLong ? [.. open.Waiting.Concat(full).Where(each => each.End <= certain)] : []);
        }
        if (cut.Type == StreamEventType.UtteranceEnd)
        {
            bool isLong = open!.IsLong || cut.End - open.Start > maxSingleWindow;
            List<Window> pooled = isLong ? [.. open.Waiting.Where(each => each.End <= cut.End)] : [];
            if (cut.End > (pooled.Count > 0 ? pooled[^1].End : open.PooledTo))
                pooled.Add(new Window(isLong ? segmenter.WindowStart(open.Start, cut.End) : open.Start, cut.End));
            return new Decision(isLong, null, [], pooled);
        }
        return new Decision(false, null, [], []);
    }

    /// <summary>Carries out the decision that was due: its windows are classified.</summary>
    private void Conclude()
    {
        SpeechCut cut = cuts.Dequeue();
        Decision decision = due!;
        due = null;
        switch (cut.Type)
        {
            case StreamEventType.NoSpeech:
                Emit(cut, new StreamEvent(cut.Type, 0) { Start = Time(cut.Start) });
                break;
            case StreamEventType.Overrun:
                double lost = (cut.End - cut.Start) / (double)sourceRate;
                totals.LostSeconds += lost;
                Emit(cut, new StreamEvent(cut.Type, 0) { Start = cut.Start / (double)sourceRate, LostSeconds = lost });
                break;
            case StreamEventType.UtteranceStart:
                open = new Utterance(cut.Start, model.Labels.Count);
                Emit(cut, new StreamEvent(cut.Type, 0) { Start = Time(cut.Start) });
                break;
            case StreamEventType.Measurement:
                if (decision.Measured is { } measured)
                    Emit(cut, Classified(cut, measured.Result!.Probabilities));
                open!.Waiting.AddRange(decision.Full);
                Pool(cut, decision);
                break;
            case StreamEventType.UtteranceEnd:
                Pool(cut, decision);
                // Adaptation changes only between utterances, so that a result does not depend on when its utterance became long.
                adaptation.Accumulate(open!.Speaker);
                float[] probabilities = open.Pool.Mean();
                totals.AddUtterance(probabilities, Time(cut.End) - Time(cut.Start));
                Emit(cut, Classified(cut, probabilities));
                open = null;
                break;
            case StreamEventType.Summary:
                Emit(cut, totals.Summary(Time(cut.End)));
                break;
        }
    }

    private void Pool(SpeechCut cut, Decision decision)
    {
        open!.IsLong = decision.IsLong;
        foreach (Window window in decision.Pooled)
        {
            ClassifiedWindow result = window.Result!;
            double seconds = Time(window.End) - Time(window.Start);
            double newSeconds = Time(window.End - Math.Max(window.Start, open.PooledTo));
            open.Pool.Add(result.Probabilities, seconds);
            if (result.Statistics.Length > 0 && newSeconds > 0)
                open.Speaker.Add(result.Statistics, newSeconds, result.Logits);
            open.PooledTo = window.End;
            open.Waiting.Remove(window);
            totals.AddWindow(result.Probabilities, seconds);
            WindowPooled?.Invoke(result, newSeconds);
            var pooled = new SpeechCut(StreamEventType.Window, window.Start, window.End, cut.Time);
            Emit(cut, Classified(pooled, result.Probabilities) with { Embedding = result.Embedding });
        }
    }

    private StreamEvent Classified(SpeechCut cut, float[] probabilities) => totals.Decided(
        new StreamEvent(cut.Type, 0)
        {
            Start = Time(cut.Start),
            End = Time(cut.End),
            SpeakerSeconds = model.AdaptsToSpeaker ? adaptation.Seconds : null,
        },
        probabilities);

    private void Emit(SpeechCut cut, StreamEvent found) => ready.Add(found with { Time = Time(cut.Time), Sequence = sequence++ });

    private double Time(long sample) => (double)sample / rate;

    /// <summary>A section of speech to classify; its result is null until it is.</summary>
    private sealed class Window(long start, long end)
    {
        public long Start { get; } = start;

        public long End { get; } = end;

        public ClassifiedWindow? Result { get; set; }
    }

    /// <summary>What a cut needs: a measurement, full windows that may be pooled later, and windows that are pooled now.</summary>
    private sealed record Decision(bool IsLong, Window? Measured, IReadOnlyList<Window> Full, IReadOnlyList<Window> Pooled)
    {
        /// <summary>Number of windows that wait in the batch.</summary>
        public int Missing { get; set; }

        public IEnumerable<Window> Windows => Measured is null ? Pooled : Pooled.Prepend(Measured).Distinct();
    }

    /// <summary>The utterance that has begun and not ended.</summary>
    private sealed class Utterance(long start, int emotions)
    {
        public long Start { get; private set; } = start;

        /// <summary>Whether it is longer than one window.</summary>
        public bool IsLong { get; set; }

        /// <summary>Sample up to which windows are pooled.</summary>
        public long PooledTo { get; set; }

        /// <summary>Full windows of an utterance that may still become long or be cut.</summary>
        public List<Window> Waiting { get; private set; } = [];

        /// <summary>Statistics for the adaptation to the speaker, which takes place when the utterance ends.</summary>
        public SpeakerStatistics Speaker { get; } = new();

        public PooledMean Pool { get; } = new(emotions);

        /// <summary>Writes or reads the state. Results of waiting windows are computed again.</summary>
        public void Exchange(StateArchive state)
        {
            (Start, IsLong, PooledTo) = (state.Exchange(Start), state.Exchange(IsLong), state.Exchange(PooledTo));
            Waiting = state.Exchange(Waiting, window => Exchange(state, window ?? new Window(0, 0)));
            Speaker.Exchange(state);
            Pool.Exchange(state);
        }

        private static Window Exchange(StateArchive state, Window window)
        {
            (long start, long end) = (state.Exchange(window.Start), state.Exchange(window.End));
            return state.IsReading ? new Window(start, end) : window;
        }
    }
}
