namespace SpeechEmotion.Features;

/// <summary>What is known of one voice: the mean of its utterances' statistics, weighted by their length. Labels play no part.</summary>
internal sealed class KnownVoice
{
    private double[] sums = [];

    /// <summary>Seconds of the voice heard.</summary>
    public double Seconds { get; private set; }

    /// <summary>Hears an utterance.</summary>
    /// <param name="statistics">Its statistics: see <see cref="UtteranceStatistics"/>.</param>
    /// <param name="seconds">Its length.</param>
    public void Add(ReadOnlySpan<float> statistics, double seconds)
    {
        if (sums.Length == 0)
            sums = new double[statistics.Length];
        for (int i = 0; i < sums.Length; i++)
            sums[i] += seconds * statistics[i];
        Seconds += seconds;
    }

    /// <summary>Forgets evenly until no more than so many seconds are left.</summary>
    public void Fade(double seconds)
    {
        if (Seconds <= seconds)
            return;
        for (int i = 0; i < sums.Length; i++)
            sums[i] *= seconds / Seconds;
        Seconds = seconds;
    }

    /// <summary>The same, independent of what either hears from now on.</summary>
    public KnownVoice Copy() => new() { sums = [.. sums], Seconds = Seconds };

    /// <summary>Number of statistics; 0 before anything was heard.</summary>
    public int Width => sums.Length;

    /// <summary>Mean of every statistic.</summary>
    public float[] Means() => [.. sums.Select(sum => (float)(sum / Seconds))];

    /// <summary>Mean of one statistic.</summary>
    public double Mean(int index) => sums[index] / Seconds;
}
