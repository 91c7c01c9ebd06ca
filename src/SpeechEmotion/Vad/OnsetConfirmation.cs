namespace SpeechEmotion.Vad;

/// <summary>
/// A sound that may become an utterance: it must outlast clicks, and its level must move as that of speech does, which
/// rises and falls with every syllable while noise and hum stand still.
/// </summary>
internal sealed class OnsetConfirmation(int enough, double steady, int memory)
{
    private readonly Queue<double> changes = new();
    private double? last;
    private int score;

    /// <summary>Whether there is a sound at all.</summary>
    public bool IsOpen => score > 0;

    /// <summary>Whether it is speech.</summary>
    public bool IsConfirmed => score >= enough && changes.Count > 0 && Median() >= steady;

    /// <summary>Decisions since it began, no more than the memory holds: what lies further back is not the sound that moves now.</summary>
    public int Age { get; private set; }

    /// <summary>Takes a decision in; speech weighs for it and a gap against it, and when they are even nothing is left.</summary>
    public void Add(VadFrame decision)
    {
        score = decision.IsSpeech ? Math.Min(enough, score + 1) : Math.Max(0, score - 1);
        if (score == 0)
        {
            Clear();
            return;
        }
        Age = Math.Min(memory, Age + 1);
        if (last is { } before && decision.IsSpeech)
            changes.Enqueue(Math.Abs(decision.Level - before));
        if (changes.Count > memory)
            changes.Dequeue();
        last = decision.IsSpeech ? decision.Level : null;
    }

    /// <summary>Forgets it.</summary>
    public void Clear()
    {
        changes.Clear();
        last = null;
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
