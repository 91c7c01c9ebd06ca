using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// Percentile bootstrap (Efron 1979). The metrics are functions of the confusion matrix of a resample, so that each draw only
/// increments a count.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Number of resamples.</summary>
    public const int Resamples = 2000;

    /// <summary>Intervals of accuracy, UAR and macro F1 over resampled utterances.</summary>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) OverUtterances(ConfusionMatrix matrix, int seed)
    {
        ReadOnlySpan<int> counts = matrix.Counts;
        int[] cellOf = new int[matrix.Total]; // index of the matrix cell of each utterance
        for (int cell = 0, next = 0; cell < counts.Length; cell++)
            for (int i = 0; i < counts[cell]; i++)
                cellOf[next++] = cell;

        int[] drawn = new int[counts.Length];
        SeededRandom random = new((ulong)seed);
        return Intervals(matrix.Labels.Count, drawn, () =>
        {
            for (int i = 0; i < cellOf.Length; i++)
                drawn[cellOf[Below(random, (uint)cellOf.Length)]]++;
        });
    }

    /// <summary>
    /// Intervals over resampled utterances, each with all its predictions: several predictions for one utterance are not independent.
    /// </summary>
    /// <param name="cells">For each utterance, the indices of the confusion matrix cells of its predictions.</param>
    /// <param name="classes">Number of labels.</param>
    /// <param name="seed">Seed of the resamples.</param>
    public static (Interval Accuracy, Interval Uar, Interval MacroF1) OverRepeatedUtterances(
        IReadOnlyList<int[]> cells, int classes, int seed)
    {
        int[] drawn = new int[classes * classes];
        SeededRandom random = new((ulong)seed);
        return Intervals(classes, drawn, () =>
        {
            for (int i = 0; i < cells.Count; i++)
                foreach (int cell in cells[Below(random, (uint)cells.Count)])
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

    /// <summary>
    /// A number from 0 to <paramref name="limit"/> − 1, by multiplication (Lemire 2019).
    /// Its bias, below limit / 2³², is negligible here.
    /// </summary>
    public static int Below(SeededRandom random, uint limit) => (int)((random.NextBits() >> 32) * limit >> 32);
}
