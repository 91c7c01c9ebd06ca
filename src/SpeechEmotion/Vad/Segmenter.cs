using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Turns VAD frames into utterances and windows. An utterance starts one pre-roll before the confirmed onset and ends one hangover
/// after the last speech. While it continues, a window is due with every hop of speech. An utterance without a pause is cut after
/// <see cref="LiveSettings.MaxUtteranceSeconds"/>, where speech was least probable.
/// </summary>
/// <remarks>
/// Utterances and windows start at multiples of the feature hop, so that the feature frames of a window are those of the complete
/// stream.
/// </remarks>
internal sealed class Segmenter
{
    private const double OnsetSeconds = 1;    // longest unconfirmed onset
    private const double NoSpeechSeconds = 1; // shortest pause that is reported
    private const double SearchSeconds = 5;   // part of the longest utterance in which the place of the cut is searched

    private readonly int frameLength, grid, hop, window, hangover, preRoll, pause, longest, search, minRest;
    private readonly OnsetConfirmation onset;
    private readonly List<SpeechCut> cuts = [];
    private long start, lastSpeech, due, previousEnd, quietest;
    private double leastProbability;
    private bool announced, hadUtterance;

    /// <param name="settings">Durations in seconds.</param>
    /// <param name="sampleRate">Sample rate of the stream in Hz.</param>
    /// <param name="frameLength">Length of a VAD frame in samples.</param>
    /// <param name="frameHop">Hop of the features in samples.</param>
    public Segmenter(LiveSettings settings, int sampleRate, int frameLength, int frameHop)
    {
        (this.frameLength, grid) = (frameLength, frameHop);
        hop = Math.Max(1, Samples(settings.HopSeconds));
        window = Math.Max(frameHop, Samples(settings.WindowSeconds));
        hangover = Samples(settings.HangoverSeconds);
        preRoll = Samples(settings.PreRollSeconds);
        pause = Samples(NoSpeechSeconds);
        longest = Math.Max(4 * frameLength, Samples(settings.MaxUtteranceSeconds));
        search = Math.Min(Samples(SearchSeconds), longest / 2);
        minRest = Math.Min(Samples(settings.MinSpeechSeconds), search / 2);
        onset = new OnsetConfirmation(Frames(settings.MinSpeechSeconds), settings.SteadyDb, Frames(OnsetSeconds));

        int Samples(double seconds) => (int)Math.Round(seconds * sampleRate);
        int Frames(double seconds) => Math.Max(1, (int)Math.Ceiling(seconds * sampleRate / frameLength));
    }

    /// <summary>Number of samples processed so far.</summary>
    public long Now { get; private set; }

    /// <summary>Whether an utterance has started and not ended.</summary>
    public bool InUtterance { get; private set; }

    /// <summary>
    /// First sample that a later cut can contain; within an utterance, the first that a later window of full length can contain.
    /// </summary>
    public long Oldest => InUtterance
        ? WindowStart(start, Math.Min(Now, CertainEnd(start)))
        : Math.Max(previousEnd, Now - (onset.Age * (long)frameLength) - preRoll - frameLength - grid);

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        (Now, InUtterance) = (state.Exchange(Now), state.Exchange(InUtterance));
        (start, lastSpeech, due) = (state.Exchange(start), state.Exchange(lastSpeech), state.Exchange(due));
        (previousEnd, quietest) = (state.Exchange(previousEnd), state.Exchange(quietest));
        leastProbability = state.Exchange(leastProbability);
        (announced, hadUtterance) = (state.Exchange(announced), state.Exchange(hadUtterance));
        onset.Exchange(state);
    }

    /// <summary>Processes the next VAD frame. The returned list is valid until the next call.</summary>
    public IReadOnlyList<SpeechCut> Next(VadFrame next)
    {
        cuts.Clear();
        Now += frameLength;
        if (InUtterance)
            Continue(next);
        else
            AwaitOnset(next);
        return cuts;
    }

    /// <summary>Ends the stream after <paramref name="total"/> samples, less than one VAD frame after <see cref="Now"/>.</summary>
    public IReadOnlyList<SpeechCut> Finish(long total)
    {
        cuts.Clear();
        Now = total;
        if (InUtterance)
            End(Math.Min(total, lastSpeech + hangover));
        else if (!hadUtterance && !announced && total > 0)
            Announce();
        onset.Clear();
        return cuts;
    }

    /// <summary>
    /// Start of the window of at most <see cref="LiveSettings.WindowSeconds"/> that ends at a sample, not before the start of the
    /// utterance.
    /// </summary>
    public long WindowStart(long utteranceStart, long end) => Math.Max(utteranceStart, RoundUp(end - window));

    /// <summary>Sample before which an utterance that starts at a sample is not cut for its length.</summary>
    public long CertainEnd(long utteranceStart) => utteranceStart + longest - search;

    /// <summary>Whether a window of this length, in samples, is as long as the longest windows.</summary>
    public bool IsFull(long length) => length > window - grid;

    private void AwaitOnset(VadFrame next)
    {
        onset.Add(next);
        if (onset.IsConfirmed)
        {
            long first = Now - (onset.Age * (long)frameLength);
            lastSpeech = Now;
            Start(Math.Max(RoundUp(previousEnd), Math.Max(0, first - preRoll) / grid * grid), first + hop);
            onset.Clear();
            Continue(next);
        }
        else if (!announced && Now - previousEnd >= pause)
            Announce();
    }

    private void Continue(VadFrame next)
    {
        if (next.IsSpeech)
            lastSpeech = Now;
        long place = (Now - frameLength) / grid * grid; // the middle of the window of the decision
        if (place >= CertainEnd(start) && place <= start + longest - minRest && next.Probability < leastProbability)
            (quietest, leastProbability) = (place, next.Probability);

        if (Now - lastSpeech >= hangover && !next.IsSpeech)
            End(Now);
        else if (Now - start >= longest)
            CutAtQuietest();
        else if (next.IsSpeech && Now >= due)
            Measure();
    }

    private void Start(long first, long firstDue)
    {
        (start, due, InUtterance, hadUtterance) = (first, firstDue, true, true);
        (quietest, leastProbability) = (RoundUp(CertainEnd(first)), double.PositiveInfinity);
        cuts.Add(new SpeechCut(StreamEventType.UtteranceStart, start, Now, Now));
    }

    private void Measure()
    {
        due += (((Now - due) / hop) + 1) * hop;
        cuts.Add(new SpeechCut(StreamEventType.Measurement, WindowStart(start, Now), Now, Now));
    }

    /// <summary>Ends an utterance that is too long. What was said after the cut begins the next one.</summary>
    private void CutAtQuietest()
    {
        if (lastSpeech - quietest < minRest) // the speech has just ended
        {
            End(Now);
            return;
        }
        long cut = quietest;
        End(cut);
        Start(cut, cut + hop);
        if (Now >= due)
            Measure();
    }

    private void End(long end)
    {
        (InUtterance, announced, previousEnd) = (false, false, end);
        cuts.Add(new SpeechCut(StreamEventType.UtteranceEnd, start, end, Now));
    }

    private void Announce()
    {
        announced = true;
        cuts.Add(new SpeechCut(StreamEventType.NoSpeech, previousEnd, Now, Now));
    }

    private long RoundUp(long sample) => (sample + grid - 1) / grid * grid;
}
