using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Adaptation;

/// <summary>
/// Statistics of one speaker: the means of utterance statistics and of logits over the speaker's utterances, weighted by duration.
/// Labels are not used.
/// </summary>
internal sealed class SpeakerStatistics
{
    private double[] sums = [];
    private double[] logitSums = [];

    /// <summary>Total duration of the utterances in seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Adds an utterance.</summary>
    /// <param name="statistics">Its <see cref="UtteranceStatistics"/>: [features · statistics].</param>
    /// <param name="seconds">Duration of its speech in seconds.</param>
    /// <param name="logits">Logits of all members: [members · emotions]; empty for all utterances if no logit offset is needed.</param>
    public void Add(ReadOnlySpan<float> statistics, double seconds, ReadOnlySpan<float> logits = default)
    {
        Add(ref sums, statistics, seconds);
        Add(ref logitSums, logits, seconds);
        Seconds += seconds;
    }

    /// <summary>Adds the utterances of other statistics, which have the same shapes or are empty.</summary>
    public void Add(SpeakerStatistics other)
    {
        Add(ref sums, other.sums);
        Add(ref logitSums, other.logitSums);
        Seconds += other.Seconds;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        (sums, logitSums) = (state.Exchange(sums), state.Exchange(logitSums));
        Seconds = state.Exchange(Seconds);
    }

    /// <summary>
    /// Reduces the total duration to at most <paramref name="seconds"/>, with unchanged means: later utterances get more weight.
    /// </summary>
    public void Fade(double seconds)
    {
        if (Seconds <= seconds)
            return;
        foreach (double[] each in new[] { sums, logitSums })
            for (int i = 0; i < each.Length; i++)
                each[i] *= seconds / Seconds;
        Seconds = seconds;
    }

    /// <summary>An independent copy.</summary>
    public SpeakerStatistics Copy() => new() { sums = [.. sums], logitSums = [.. logitSums], Seconds = Seconds };

    /// <summary>Number of utterance statistics; 0 before the first utterance.</summary>
    public int Width => sums.Length;

    /// <summary>Mean of each utterance statistic: [features · statistics].</summary>
    public float[] Means() => [.. sums.Select(sum => (float)(sum / Seconds))];

    /// <summary>Mean logits of all members: [members · emotions]; empty if none were added.</summary>
    public float[] MeanLogits() => [.. logitSums.Select(sum => (float)(sum / Seconds))];

    /// <summary>Mean of one utterance statistic.</summary>
    public double Mean(int index) => sums[index] / Seconds;

    private static void Add(ref double[] sums, double[] others)
    {
        if (sums.Length == 0)
            sums = new double[others.Length];
        for (int i = 0; i < others.Length; i++)
            sums[i] += others[i];
    }

    private static void Add(ref double[] sums, ReadOnlySpan<float> values, double weight)
    {
        if (sums.Length == 0)
            sums = new double[values.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * values[i];
    }
}
