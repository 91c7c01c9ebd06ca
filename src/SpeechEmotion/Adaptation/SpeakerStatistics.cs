using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>
/// What is known of one voice: the means of its utterances' statistics and of what the network said of them, weighted by their length. Labels play no part.
/// </summary>
internal sealed class SpeakerStatistics
{
    private double[] sums = [];
    private double[] logitSums = [];

    /// <summary>Seconds of the voice heard.</summary>
    public double Seconds { get; private set; }

    /// <summary>Hears an utterance.</summary>
    /// <param name="statistics">Its statistics: see <see cref="UtteranceStatistics"/>.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="logits">What the network said of it, every member in turn; empty where no one asks: then in all utterances.</param>
    public void Add(ReadOnlySpan<float> statistics, double seconds, ReadOnlySpan<float> logits = default)
    {
        Add(ref sums, statistics, seconds);
        Add(ref logitSums, logits, seconds);
        Seconds += seconds;
    }

    /// <summary>Forgets evenly until no more than so many seconds are left.</summary>
    public void Fade(double seconds)
    {
        if (Seconds <= seconds)
            return;
        foreach (double[] each in new[] { sums, logitSums })
            for (int i = 0; i < each.Length; i++)
                each[i] *= seconds / Seconds;
        Seconds = seconds;
    }

    /// <summary>The same, independent of what either hears from now on.</summary>
    public SpeakerStatistics Copy() => new() { sums = [.. sums], logitSums = [.. logitSums], Seconds = Seconds };

    /// <summary>Number of statistics; 0 before anything was heard.</summary>
    public int Width => sums.Length;

    /// <summary>Mean of every statistic.</summary>
    public float[] Means() => [.. sums.Select(sum => (float)(sum / Seconds))];

    /// <summary>Mean of what the network said, every member in turn: [members · emotions]; empty where no one asked.</summary>
    public float[] MeanLogits() => [.. logitSums.Select(sum => (float)(sum / Seconds))];

    /// <summary>Mean of one statistic.</summary>
    public double Mean(int index) => sums[index] / Seconds;

    private static void Add(ref double[] sums, ReadOnlySpan<float> values, double weight)
    {
        if (sums.Length == 0)
            sums = new double[values.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] += weight * values[i];
    }
}
