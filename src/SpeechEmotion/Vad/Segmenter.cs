using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Decisions → utterances and the windows in them. An utterance begins with the sound that proved to be speech, less the
/// pre-roll, and ends with the last speech, plus the hangover. While it lasts a window is due with every hop of speech.
/// </summary>
/// <remarks>
/// Utterances and windows begin at whole feature frames of the stream, so that the frames of a clip's window are those of
/// the whole clip.
/// </remarks>
internal sealed class Segmenter
{
    private const double CandidateSeconds = 1; // how far back a sound is held that has not proved to be speech
    private const double NoSpeechSeconds = 1; // so long a pause must last to be announced

    private readonly int frameLength, grid, hop, window, hangover, preRoll, pause;
    private readonly OnsetConfirmation onset;
    private readonly List<SpeechCut> cuts = [];
    private long start, lastSpeech, due, previousEnd;
    private bool announced, any;

    /// <param name="settings">Lengths in seconds.</param>
    /// <param name="sampleRate">Rate of the stream in Hz.</param>
    /// <param name="decisionLength">Samples of one decision.</param>
    /// <param name="frameHop">Samples from one feature frame to the next.</param>
    public Segmenter(LiveSettings settings, int sampleRate, int decisionLength, int frameHop)
    {
        (frameLength, grid) = (decisionLength, frameHop);
        hop = Math.Max(1, Samples(settings.HopSeconds));
        window = Math.Max(frameHop, Samples(settings.WindowSeconds));
        hangover = Samples(settings.HangoverSeconds);
        preRoll = Samples(settings.PreRollSeconds);
        pause = Samples(NoSpeechSeconds);
        onset = new OnsetConfirmation(Decisions(settings.MinSpeechSeconds), settings.SteadyDb, Decisions(CandidateSeconds));

        int Samples(double seconds) => (int)Math.Round(seconds * sampleRate);
        int Decisions(double seconds) => Math.Max(1, (int)Math.Ceiling(seconds * sampleRate / decisionLength));
    }

    /// <summary>Samples decided so far.</summary>
    public long Now { get; private set; }

    /// <summary>Whether an utterance is going on.</summary>
    public bool InUtterance { get; private set; }

    /// <summary>First sample that a later cut can still hold, as long as no utterance is going on.</summary>
    public long Oldest => Math.Max(previousEnd, Now - (onset.Age * (long)frameLength) - preRoll - frameLength - grid);

    /// <summary>Takes the next decision in; the list is valid until the next call.</summary>
    public IReadOnlyList<SpeechCut> Next(VadFrame next)
    {
        cuts.Clear();
        Now += frameLength;
        if (InUtterance)
            GoOn(next);
        else
            Wait(next);
        return cuts;
    }

    /// <summary>Ends the stream after <paramref name="total"/> samples, fewer than one decision behind <see cref="Now"/>.</summary>
    public IReadOnlyList<SpeechCut> Finish(long total)
    {
        cuts.Clear();
        Now = total;
        if (InUtterance)
            End(Math.Min(total, lastSpeech + hangover));
        else if (!any && !announced && total > 0)
            Announce();
        onset.Clear();
        return cuts;
    }

    /// <summary>The last <see cref="LiveSettings.WindowSeconds"/> before a sample, or what there is of the utterance.</summary>
    public long WindowStart(long utteranceStart, long end) => Math.Max(utteranceStart, RoundUp(end - window));

    /// <summary>Whether a window is as long as windows get.</summary>
    public bool IsFull(long length) => length > window - grid;

    private void Wait(VadFrame next)
    {
        onset.Add(next);
        if (onset.IsConfirmed)
        {
            long onset = Now - (this.onset.Age * (long)frameLength);
            start = Math.Max(RoundUp(previousEnd), Math.Max(0, onset - preRoll) / grid * grid);
            (lastSpeech, due, InUtterance, any) = (Now, onset + hop, true, true);
            this.onset.Clear();
            cuts.Add(new SpeechCut(CutKind.Start, start, Now));
            GoOn(next);
        }
        else if (!announced && Now - previousEnd >= pause)
            Announce();
    }

    private void GoOn(VadFrame next)
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
