using SpeechEmotion.Settings;

namespace SpeechEmotion.Vad;

/// <summary>
/// Confirms the onset of an utterance. Its speech frames must outnumber its other frames by a given number, so that clicks are
/// excluded, and its level must vary as that of speech does with every syllable, whereas the level of noise and hum is steady.
/// </summary>
/// <param name="minSpeechFrames">Number by which VAD frames of speech must exceed other VAD frames.</param>
/// <param name="steadyDb">Least median change of level between successive VAD frames of speech, in dB.</param>
/// <param name="memory">Number of most recent VAD frames that are taken into account.</param>
internal sealed class OnsetConfirmation(int minSpeechFrames, double steadyDb, int memory)
{
    private readonly Queue<double> changes = new();
    private double? lastLevel;
    private int score;

    /// <summary>Whether there is an onset, confirmed or not.</summary>
    public bool IsOpen => score > 0;

    /// <summary>Whether the onset is confirmed as speech.</summary>
    public bool IsConfirmed => score >= minSpeechFrames && changes.Count > 0 && Median() >= steadyDb;

    /// <summary>VAD frames since the onset, at most the memory: older frames belong to an earlier, steady sound.</summary>
    public int Age { get; private set; }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        List<double> stored = state.Exchange<double>(changes, state.Exchange);
        (score, Age) = (state.Exchange(score), state.Exchange(Age));
        double last = state.Exchange(lastLevel ?? double.NaN);
        if (!state.IsReading)
            return;
        lastLevel = double.IsNaN(last) ? null : last;
        changes.Clear();
        stored.ForEach(changes.Enqueue);
    }

    /// <summary>Adds a VAD frame. Speech raises the score by 1, anything else lowers it by 1; at 0 the onset is discarded.</summary>
    public void Add(VadFrame frame)
    {
        score = frame.IsSpeech ? Math.Min(minSpeechFrames, score + 1) : Math.Max(0, score - 1);
        if (score == 0)
        {
            Clear();
            return;
        }
        Age = Math.Min(memory, Age + 1);
        if (lastLevel is { } before && frame.IsSpeech)
            changes.Enqueue(Math.Abs(frame.Level - before));
        if (changes.Count > memory)
            changes.Dequeue();
        lastLevel = frame.IsSpeech ? frame.Level : null;
    }

    /// <summary>Discards the onset.</summary>
    public void Clear()
    {
        changes.Clear();
        lastLevel = null;
        score = 0;
        Age = 0;
    }

    private double Median()
    {
        double[] sorted = [.. changes];
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
