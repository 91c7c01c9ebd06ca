using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Streaming;

/// <summary>
/// The one way from sound to decisions, for files and live streams: samples of any rate in pieces of any size → resampler →
/// utterances → windows → probabilities. What it finds depends on the samples alone, not on the pieces. For one thread.
/// </summary>
/// <remarks>
/// An utterance up to <see cref="LiveSettings.UtteranceSeconds"/> is decided as one window from its start to its end, as the
/// clips of a corpus are in training and evaluation. A longer one is pooled from its full windows of
/// <see cref="LiveSettings.WindowSeconds"/>, one with each hop of speech, and the one flush with its end.
/// </remarks>
internal sealed class StreamClassifier
{
    private readonly EmotionClassifier classifier;
    private readonly LiveSettings settings;
    private readonly int rate;
    private readonly long maxSingleWindow;
    private readonly bool measures;
    private readonly Action<StreamEvent> emit;
    private readonly StreamResampler resampler;
    private readonly SpeechDetector detector;
    private readonly Segmenter segmenter;
    private readonly SampleHistory history = new();
    private readonly OnlineSpeakerAdaptation adaptation;
    private readonly int chunk;
    private OpenUtterance? open;

    /// <param name="classifier">The model.</param>
    /// <param name="sourceRate">Rate of the samples pushed, in Hz.</param>
    /// <param name="measures">Whether measurements are wanted; without them windows that decide nothing are not computed.</param>
    /// <param name="found">Gets each event as soon as it is known, on the thread that pushes.</param>
    /// <param name="enrolled">What is known of the voice before the stream begins; null: nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the resampler's limits.</exception>
    public StreamClassifier(EmotionClassifier classifier, int sourceRate, bool measures, Action<StreamEvent> found, SpeakerProfile? enrolled = null)
    {
        (this.classifier, this.measures, this.emit) = (classifier, measures, found);
        settings = classifier.Settings.Live;
        FeatureSettings features = classifier.Settings.Features;
        rate = features.SampleRate;
        maxSingleWindow = (long)Math.Round(settings.UtteranceSeconds * rate);
        resampler = new StreamResampler(sourceRate, rate);
        detector = new SpeechDetector(settings, rate);
        segmenter = new Segmenter(settings, rate, detector.FrameLength, features.HopLength);
        adaptation = new OnlineSpeakerAdaptation(enrolled, classifier.AdaptsToSpeaker ? settings.AdaptationSeconds : 0);
        chunk = Math.Max(1, sourceRate / 4);
    }

    /// <summary>What was last decided of a short stretch: for a level meter.</summary>
    public VadFrame Latest { get; private set; }

    /// <summary>Whether an utterance is going on.</summary>
    public bool InUtterance => segmenter.InUtterance;

    /// <summary>Seconds of the voice that are known.</summary>
    public double SpeakerSeconds => adaptation.Seconds;

    /// <summary>Gets every window that decides, with the seconds of speech that are new in it.</summary>
    public Action<ClassifiedWindow, double>? WindowClassified { get; init; }

    /// <summary>Seconds heard so far.</summary>
    public double Seconds => (double)segmenter.Now / rate;

    /// <summary>Hears the next samples.</summary>
    public void Push(ReadOnlySpan<float> samples, CancellationToken cancellation = default)
    {
        for (; samples.Length > 0; samples = samples[Math.Min(chunk, samples.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            Take(resampler.Push(samples[..Math.Min(chunk, samples.Length)]));
        }
    }

    /// <summary>The stream is over: an utterance that is going on ends here. Nothing can be pushed after it.</summary>
    public void Finish()
    {
        Take(resampler.Finish());
        foreach (SpeechCut cut in segmenter.Finish(history.End))
            Handle(cut);
    }

    private void Take(int count)
    {
        resampler.Read(history.Append(count));
        while (history.End - segmenter.Now >= detector.FrameLength)
        {
            Latest = detector.Next(history[segmenter.Now, segmenter.Now + detector.FrameLength]);
            foreach (SpeechCut cut in segmenter.Next(Latest))
                Handle(cut);
            if (open is { IsLong: false } && segmenter.Now - open.Start > maxSingleWindow)
                PoolWaitingWindows(open);
        }
        history.DropBefore(open is null ? segmenter.Oldest
            : open.IsLong ? segmenter.WindowStart(open.Start, segmenter.Now)
            : open.Start);
    }

    private void Handle(SpeechCut cut)
    {
        switch (cut.Kind)
        {
            case CutKind.NoSpeech:
                Emit(StreamEventKind.NoSpeech, cut.Start, cut.End, []);
                break;
            case CutKind.Start:
                open = new OpenUtterance(cut.Start, classifier.Labels.Count);
                Emit(StreamEventKind.UtteranceStart, cut.Start, cut.End, []);
                break;
            case CutKind.Measure:
                Measure(open!, cut.Start, cut.End);
                break;
            default:
                End(open!, cut.End);
                open = null;
                break;
        }
    }

    private void Measure(OpenUtterance turn, long start, long end)
    {
        bool pools = segmenter.IsFull(end - start);
        var window = new Window(start, end, measures || (turn.IsLong && pools) ? Classify(start, end) : null);
        if (measures)
            Emit(StreamEventKind.Measurement, start, end, window.Result!.Probabilities);
        if (pools && turn.IsLong)
            Pool(turn, window);
        else if (pools)
            turn.Waiting.Add(window);
    }

    /// <summary>An utterance has grown too long for one window: its windows so far count.</summary>
    private void PoolWaitingWindows(OpenUtterance turn)
    {
        turn.IsLong = true;
        foreach (Window window in turn.Waiting)
            Pool(turn, window);
        turn.Waiting.Clear();
    }

    private void End(OpenUtterance turn, long end)
    {
        if (!turn.IsLong && end - turn.Start > maxSingleWindow)
            PoolWaitingWindows(turn);
        if (end > turn.PooledTo)
        {
            long start = turn.IsLong ? segmenter.WindowStart(turn.Start, end) : turn.Start;
            Pool(turn, new Window(start, end, null));
        }
        // An utterance is judged by what was known before it: whether it became long, and when, changes nothing.
        foreach ((float[] statistics, float[] logits, double seconds) in turn.Adaptation)
            adaptation.Accumulate(statistics, logits, seconds);
        Emit(StreamEventKind.UtteranceEnd, turn.Start, end, turn.Pool.Probabilities());
    }

    private void Pool(OpenUtterance turn, Window window)
    {
        ClassifiedWindow heard = window.Result ?? Classify(window.Start, window.End);
        turn.Pool.Add(new WindowPrediction(Time(window.Start), Time(window.End), heard.Probabilities));
        double newSeconds = Time(window.End - Math.Max(window.Start, turn.PooledTo));
        WindowClassified?.Invoke(heard, newSeconds);
        turn.Adaptation.Add((heard.Statistics, heard.Logits, newSeconds));
        turn.PooledTo = window.End;
        Emit(StreamEventKind.Window, window.Start, window.End, heard.Probabilities);
    }

    private ClassifiedWindow Classify(long start, long end) => classifier.ClassifyWindow(history[start, end], adaptation.Statistics);

    private void Emit(StreamEventKind kind, long start, long end, IReadOnlyList<float> probabilities) =>
        emit(new StreamEvent(kind, Time(segmenter.Now), Time(start), Time(end), probabilities) { SpeakerSeconds = adaptation.Seconds });

    private double Time(long sample) => (double)sample / rate;

    private sealed record Window(long Start, long End, ClassifiedWindow? Result);

    /// <summary>The utterance that is going on.</summary>
    private sealed class OpenUtterance(long start, int emotions)
    {
        public long Start { get; } = start;

        public bool IsLong { get; set; }

        public long PooledTo { get; set; }

        /// <summary>Full windows of an utterance that may still become long.</summary>
        public List<Window> Waiting { get; } = [];

        /// <summary>What its windows tell of the voice.</summary>
        public List<(float[] Statistics, float[] Logits, double Seconds)> Adaptation { get; } = [];

        public PooledDecision Pool { get; } = new(emotions);
    }
}
