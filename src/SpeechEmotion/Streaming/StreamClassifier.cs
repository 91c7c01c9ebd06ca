using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Vad;

namespace SpeechEmotion.Streaming;

/// <summary>
/// Classifies files and live streams: samples of any rate in chunks of any size → resampler → utterances → windows →
/// probabilities. Its events depend on the samples alone, not on the chunks. Not thread-safe.
/// </summary>
/// <remarks>
/// An utterance up to <see cref="LiveSettings.UtteranceSeconds"/> is classified as one window from its start to its end, like a
/// clip of a corpus in training and evaluation. The probabilities of a longer one are pooled from its full windows of
/// <see cref="LiveSettings.WindowSeconds"/>, one per hop of speech, and the window that ends with the utterance.
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
    /// <param name="measures">Whether to emit measurements; without them windows that are not pooled are not computed.</param>
    /// <param name="emit">Receives each event as soon as it is detected, on the thread that pushes.</param>
    /// <param name="enrolled">The enrolled speaker; null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the resampler's limits.</exception>
    public StreamClassifier(
        EmotionClassifier classifier, int sourceRate, bool measures, Action<StreamEvent> emit, SpeakerProfile? enrolled = null)
    {
        (this.classifier, this.measures, this.emit) = (classifier, measures, emit);
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

    /// <summary>The last VAD frame, for a level meter.</summary>
    public VadFrame Latest { get; private set; }

    /// <summary>Whether the stream is inside an utterance.</summary>
    public bool InUtterance => segmenter.InUtterance;

    /// <summary>Seconds of speech that the model has adapted to.</summary>
    public double SpeakerSeconds => adaptation.Seconds;

    /// <summary>Receives every pooled window, with the seconds of speech that no window before it covers.</summary>
    public Action<ClassifiedWindow, double>? WindowClassified { get; init; }

    /// <summary>Seconds processed so far.</summary>
    public double Seconds => (double)segmenter.Now / rate;

    /// <summary>Processes the next samples.</summary>
    public void Push(ReadOnlySpan<float> samples, CancellationToken cancellation = default)
    {
        for (; samples.Length > 0; samples = samples[Math.Min(chunk, samples.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            Take(resampler.Push(samples[..Math.Min(chunk, samples.Length)]));
        }
    }

    /// <summary>Ends the stream, and an open utterance with it. No samples can be pushed afterwards.</summary>
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

    private void Measure(OpenUtterance utterance, long start, long end)
    {
        bool pools = segmenter.IsFull(end - start);
        var window = new Window(start, end, measures || (utterance.IsLong && pools) ? Classify(start, end) : null);
        if (measures)
            Emit(StreamEventKind.Measurement, start, end, window.Result!.Probabilities);
        if (pools && utterance.IsLong)
            Pool(utterance, window);
        else if (pools)
            utterance.Waiting.Add(window);
    }

    /// <summary>Makes the utterance a long one: its full windows so far are pooled.</summary>
    private void PoolWaitingWindows(OpenUtterance utterance)
    {
        utterance.IsLong = true;
        foreach (Window window in utterance.Waiting)
            Pool(utterance, window);
        utterance.Waiting.Clear();
    }

    private void End(OpenUtterance utterance, long end)
    {
        if (!utterance.IsLong && end - utterance.Start > maxSingleWindow)
            PoolWaitingWindows(utterance);
        if (end > utterance.PooledTo)
        {
            long start = utterance.IsLong ? segmenter.WindowStart(utterance.Start, end) : utterance.Start;
            Pool(utterance, new Window(start, end, null));
        }
        // Adaptation changes only between utterances, so that a result does not depend on when its utterance became long.
        foreach ((float[] statistics, float[] logits, double seconds) in utterance.Adaptation)
            adaptation.Accumulate(statistics, logits, seconds);
        Emit(StreamEventKind.UtteranceEnd, utterance.Start, end, utterance.Pool.Mean());
    }

    private void Pool(OpenUtterance utterance, Window window)
    {
        ClassifiedWindow result = window.Result ?? Classify(window.Start, window.End);
        utterance.Pool.Add(result.Probabilities, Time(window.End) - Time(window.Start));
        double newSeconds = Time(window.End - Math.Max(window.Start, utterance.PooledTo));
        WindowClassified?.Invoke(result, newSeconds);
        utterance.Adaptation.Add((result.Statistics, result.Logits, newSeconds));
        utterance.PooledTo = window.End;
        Emit(StreamEventKind.Window, window.Start, window.End, result.Probabilities);
    }

    private ClassifiedWindow Classify(long start, long end) => classifier.ClassifyWindow(history[start, end], adaptation.Statistics);

    private void Emit(StreamEventKind kind, long start, long end, IReadOnlyList<float> probabilities) =>
        emit(new StreamEvent(kind, Time(segmenter.Now), Time(start), Time(end), probabilities) { SpeakerSeconds = adaptation.Seconds });

    private double Time(long sample) => (double)sample / rate;

    private sealed record Window(long Start, long End, ClassifiedWindow? Result);

    /// <summary>The utterance that has begun and not ended.</summary>
    private sealed class OpenUtterance(long start, int emotions)
    {
        public long Start { get; } = start;

        public bool IsLong { get; set; }

        public long PooledTo { get; set; }

        /// <summary>Full windows of an utterance that may still become long.</summary>
        public List<Window> Waiting { get; } = [];

        /// <summary>Statistics for speaker adaptation, added when the utterance ends.</summary>
        public List<(float[] Statistics, float[] Logits, double Seconds)> Adaptation { get; } = [];

        public PooledMean Pool { get; } = new(emotions);
    }
}
