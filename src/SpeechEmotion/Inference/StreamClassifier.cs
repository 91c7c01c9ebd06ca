using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

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
    private readonly long longest;
    private readonly bool measures;
    private readonly Action<StreamEvent> found;
    private readonly StreamResampler resampler;
    private readonly SpeechDetector detector;
    private readonly Segmenter segmenter;
    private readonly SampleHistory history = new();
    private readonly RunningVoice voice;
    private readonly int piece;
    private Turn? turn;

    /// <param name="classifier">The model.</param>
    /// <param name="sourceRate">Rate of the samples pushed, in Hz.</param>
    /// <param name="measures">Whether measurements are wanted; without them windows that decide nothing are not computed.</param>
    /// <param name="found">Gets each event as soon as it is known, on the thread that pushes.</param>
    /// <param name="enrolled">What is known of the voice before the stream begins; null: nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the resampler's limits.</exception>
    public StreamClassifier(EmotionClassifier classifier, int sourceRate, bool measures, Action<StreamEvent> found, VoiceProfile? enrolled = null)
    {
        (this.classifier, this.measures, this.found) = (classifier, measures, found);
        settings = classifier.Settings.Live;
        FeatureSettings features = classifier.Settings.Features;
        rate = features.SampleRate;
        longest = (long)Math.Round(settings.UtteranceSeconds * rate);
        resampler = new StreamResampler(sourceRate, rate);
        detector = new SpeechDetector(settings, rate);
        segmenter = new Segmenter(settings, rate, detector.DecisionLength, features.HopLength);
        voice = new RunningVoice(enrolled, classifier.AdaptsToVoices ? settings.VoiceSeconds : 0);
        piece = Math.Max(1, sourceRate / 4);
    }

    /// <summary>What was last decided of a short stretch: for a level meter.</summary>
    public Decision Latest { get; private set; }

    /// <summary>Whether an utterance is going on.</summary>
    public bool InUtterance => segmenter.InUtterance;

    /// <summary>Seconds of the voice that are known.</summary>
    public double VoiceSeconds => voice.Seconds;

    /// <summary>Gets every window that decides, with the seconds of speech that are new in it.</summary>
    public Action<JudgedWindow, double>? Judged { get; init; }

    /// <summary>Seconds heard so far.</summary>
    public double Seconds => (double)segmenter.Now / rate;

    /// <summary>Hears the next samples.</summary>
    public void Push(ReadOnlySpan<float> samples, CancellationToken cancellation = default)
    {
        for (; samples.Length > 0; samples = samples[Math.Min(piece, samples.Length)..])
        {
            cancellation.ThrowIfCancellationRequested();
            Take(resampler.Push(samples[..Math.Min(piece, samples.Length)]));
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
        while (history.End - segmenter.Now >= detector.DecisionLength)
        {
            Latest = detector.Next(history[segmenter.Now, segmenter.Now + detector.DecisionLength]);
            foreach (SpeechCut cut in segmenter.Next(Latest))
                Handle(cut);
            if (turn is { IsLong: false } && segmenter.Now - turn.Start > longest)
                Lengthen(turn);
        }
        history.DropBefore(turn is null ? segmenter.Oldest
            : turn.IsLong ? segmenter.WindowStart(turn.Start, segmenter.Now)
            : turn.Start);
    }

    private void Handle(SpeechCut cut)
    {
        switch (cut.Kind)
        {
            case CutKind.NoSpeech:
                Tell(StreamEventKind.NoSpeech, cut.Start, cut.End, []);
                break;
            case CutKind.Start:
                turn = new Turn(cut.Start, classifier.Labels.Count);
                Tell(StreamEventKind.UtteranceStart, cut.Start, cut.End, []);
                break;
            case CutKind.Measure:
                Measure(turn!, cut.Start, cut.End);
                break;
            default:
                End(turn!, cut.End);
                turn = null;
                break;
        }
    }

    private void Measure(Turn turn, long start, long end)
    {
        bool pools = segmenter.IsFull(end - start);
        var window = new Window(start, end, measures || (turn.IsLong && pools) ? Judge(start, end) : null);
        if (measures)
            Tell(StreamEventKind.Measurement, start, end, window.Heard!.Probabilities);
        if (pools && turn.IsLong)
            Pool(turn, window);
        else if (pools)
            turn.Waiting.Add(window);
    }

    /// <summary>An utterance has grown too long for one window: its windows so far count.</summary>
    private void Lengthen(Turn turn)
    {
        turn.IsLong = true;
        foreach (Window window in turn.Waiting)
            Pool(turn, window);
        turn.Waiting.Clear();
    }

    private void End(Turn turn, long end)
    {
        if (!turn.IsLong && end - turn.Start > longest)
            Lengthen(turn);
        if (end > turn.PooledTo)
        {
            long start = turn.IsLong ? segmenter.WindowStart(turn.Start, end) : turn.Start;
            Pool(turn, new Window(start, end, null));
        }
        // An utterance is judged by what was known before it: whether it became long, and when, changes nothing.
        foreach ((float[] statistics, float[] logits, double seconds) in turn.Heard)
            voice.Hear(statistics, logits, seconds);
        Tell(StreamEventKind.UtteranceEnd, turn.Start, end, turn.Pool.Probabilities());
    }

    private void Pool(Turn turn, Window window)
    {
        JudgedWindow heard = window.Heard ?? Judge(window.Start, window.End);
        turn.Pool.Add(new WindowPrediction(Time(window.Start), Time(window.End), heard.Probabilities));
        double news = Time(window.End - Math.Max(window.Start, turn.PooledTo));
        Judged?.Invoke(heard, news);
        turn.Heard.Add((heard.Statistics, heard.Logits, news));
        turn.PooledTo = window.End;
        Tell(StreamEventKind.Window, window.Start, window.End, heard.Probabilities);
    }

    private JudgedWindow Judge(long start, long end) => classifier.Judge(history[start, end], voice.Known);

    private void Tell(StreamEventKind kind, long start, long end, IReadOnlyList<float> probabilities) =>
        found(new StreamEvent(kind, Time(segmenter.Now), Time(start), Time(end), probabilities) { VoiceSeconds = voice.Seconds });

    private double Time(long sample) => (double)sample / rate;

    private sealed record Window(long Start, long End, JudgedWindow? Heard);

    /// <summary>The utterance that is going on.</summary>
    private sealed class Turn(long start, int emotions)
    {
        public long Start { get; } = start;

        public bool IsLong { get; set; }

        public long PooledTo { get; set; }

        /// <summary>Full windows of an utterance that may still become long.</summary>
        public List<Window> Waiting { get; } = [];

        /// <summary>What its windows tell of the voice.</summary>
        public List<(float[] Statistics, float[] Logits, double Seconds)> Heard { get; } = [];

        public PooledDecision Pool { get; } = new(emotions);
    }
}
