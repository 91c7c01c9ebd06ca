namespace SpeechEmotion.Evaluation;

/// <summary>
/// Percentile bootstrap (Efron 1979). The figures need no more of a resample than its confusion matrix, so a draw is one
/// increment of a count.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Number of resamples.</summary>
    public const int Resamples = 2000;

    /// <summary>Fewest speakers over which an interval is given: below it a resample repeats the same few voices.</summary>
    public const int MinSpeakers = 5;

    /// <summary>Intervals of accuracy, UAR and macro F1 when utterances are drawn anew.</summary>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) OverUtterances(ConfusionMatrix matrix, int seed)
    {
        ReadOnlySpan<int> counts = matrix.Counts;
        int[] cellOf = new int[matrix.Total]; // the cell of each utterance
        for (int cell = 0, next = 0; cell < counts.Length; cell++)
            for (int i = 0; i < counts[cell]; i++)
                cellOf[next++] = cell;

        int[] drawn = new int[counts.Length];
        SplitMix64 random = new((ulong)seed);
        return Intervals(matrix.Labels.Count, drawn, () =>
        {
            for (int i = 0; i < cellOf.Length; i++)
                drawn[cellOf[random.Below((uint)cellOf.Length)]]++;
        });
    }

    /// <summary>Intervals of accuracy, UAR and macro F1 when whole speakers are drawn anew (cluster bootstrap).</summary>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) OverSpeakers(IReadOnlyList<ConfusionMatrix> speakers, int seed)
    {
        int[] drawn = new int[speakers[0].Counts.Length];
        SplitMix64 random = new((ulong)seed);
        return Intervals(speakers[0].Labels.Count, drawn, () =>
        {
            for (int i = 0; i < speakers.Count; i++)
            {
                ReadOnlySpan<int> counts = speakers[random.Below((uint)speakers.Count)].Counts;
                for (int cell = 0; cell < drawn.Length; cell++)
                    drawn[cell] += counts[cell];
            }
        });
    }

    /// <summary>
    /// Intervals when utterances are drawn anew, each with all its judgements: several of one utterance are no further cases.
    /// </summary>
    /// <param name="cells">Of each utterance, the cells of the confusion matrix in which its judgements stand.</param>
    /// <param name="classes">Number of labels.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) OverRepeatedUtterances(IReadOnlyList<int[]> cells, int classes, int seed)
    {
        int[] drawn = new int[classes * classes];
        SplitMix64 random = new((ulong)seed);
        return Intervals(classes, drawn, () =>
        {
            for (int i = 0; i < cells.Count; i++)
                foreach (int cell in cells[random.Below((uint)cells.Count)])
                    drawn[cell]++;
        });
    }

    private static (Interval, Interval, Interval) Intervals(int classes, int[] drawn, Action draw)
    {
        double[] accuracies = new double[Resamples], uars = new double[Resamples], f1s = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            Array.Clear(drawn);
            draw();
            (accuracies[i], uars[i], f1s[i]) = Scores.Compute(drawn, classes);
        }
        return (Interval.Percentiles(accuracies), Interval.Percentiles(uars), Interval.Percentiles(f1s));
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014): fast, and the same numbers on every runtime.</summary>
    private sealed class SplitMix64(ulong seed)
    {
        private ulong _state = seed;

        /// <summary>Uniform below <paramref name="limit"/>, by multiplication (Lemire 2019); its bias, below limit / 2³², does not matter here.</summary>
        public int Below(uint limit)
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)(((z ^ (z >> 31)) >> 32) * limit >> 32);
        }
    }
}
