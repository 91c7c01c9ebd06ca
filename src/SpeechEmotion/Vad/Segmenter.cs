using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Turns VAD frames into utterances and windows. An utterance starts one pre-roll before the confirmed onset and ends one hangover
/// after the last speech. While it continues, a window is due with every hop of speech.
/// </summary>
/// <remarks>
/// Utterances and windows start at multiples of the feature hop, so that the feature frames of a window are those of the complete
/// stream.
/// </remarks>
internal sealed class Segmenter
{
    private const double OnsetSeconds = 1;    // longest unconfirmed onset
    private const double NoSpeechSeconds = 1; // shortest pause that is reported

    private readonly int frameLength, grid, hop, window, hangover, preRoll, pause;
    private readonly OnsetConfirmation onset;
    private readonly List<SpeechCut> cuts = [];
    private long start, lastSpeech, due, previousEnd;
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
        onset = new OnsetConfirmation(Frames(settings.MinSpeechSeconds), settings.SteadyDb, Frames(OnsetSeconds));

        int Samples(double seconds) => (int)Math.Round(seconds * sampleRate);
        int Frames(double seconds) => Math.Max(1, (int)Math.Ceiling(seconds * sampleRate / frameLength));
    }

    /// <summary>Number of samples processed so far.</summary>
    public long Now { get; private set; }

    /// <summary>Whether an utterance has started and not ended.</summary>
    public bool InUtterance { get; private set; }

    /// <summary>First sample that a later cut can contain, while there is no utterance.</summary>
    public long Oldest => Math.Max(previousEnd, Now - (onset.Age * (long)frameLength) - preRoll - frameLength - grid);

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

    /// <summary>Whether a window of this length, in samples, is as long as the longest windows.</summary>
    public bool IsFull(long length) => length > window - grid;

    private void AwaitOnset(VadFrame next)
    {
        onset.Add(next);
        if (onset.IsConfirmed)
        {
            long first = Now - (onset.Age * (long)frameLength);
            start = Math.Max(RoundUp(previousEnd), Math.Max(0, first - preRoll) / grid * grid);
            (lastSpeech, due, InUtterance, hadUtterance) = (Now, first + hop, true, true);
            onset.Clear();
            cuts.Add(new SpeechCut(CutKind.Start, start, Now));
            Continue(next);
        }
        else if (!announced && Now - previousEnd >= pause)
            Announce();
    }

    private void Continue(VadFrame next)
    {
        if (next.IsSpeech)
            lastSpeech = Now;
        if (Now - lastSpeech >= hangover && !next.IsSpeech)
            End(Now);
        else if (next.IsSpeech && Now >= due)
        {
            due += (((Now - due) / hop) + 1) * hop;
            cuts.Add(new SpeechCut(CutKind.Measure, WindowStart(start, Now), Now));
        }
    }

    private void End(long end)
    {
        (InUtterance, announced, previousEnd) = (false, false, end);
        cuts.Add(new SpeechCut(CutKind.End, start, end));
    }

    private void Announce()
    {
        announced = true;
        cuts.Add(new SpeechCut(CutKind.NoSpeech, previousEnd, Now));
    }

    private long RoundUp(long sample) => (sample + grid - 1) / grid * grid;
}
