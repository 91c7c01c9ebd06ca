using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Deals units into folds at random, with the emotions in their proportion.</summary>
internal static class FoldDraw
{
    // Deals of speakers or texts of which the evenest is taken.
    private const int Tries = 32;

    /// <summary>
    /// The items of each fold. Without copies each emotion, and each fold, has its proportion to within one utterance: every
    /// utterance goes where there are fewest of its emotion, among these where there are fewest at all.
    /// </summary>
    public static List<int>[] Utterances(IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, int folds, SeededRandom random)
    {
        int[][] order = [.. units];
        random.Shuffle<int[]>(order);
        // Large units first: single ones fill what they leave, emotion by emotion.
        return Deal(
            order.OrderByDescending(unit => unit.Length).ThenBy(unit => items[unit[0]].Utterance.Emotion, StringComparer.Ordinal),
            folds, unit => unit.CountBy(i => items[i].Utterance.Emotion));
    }

    /// <summary>
    /// The items of each fold, with whole keys (speakers or texts) in numbers that differ by one at most, where copies do not tie
    /// some together. Of several deals it is the one in which the emotions are closest to their proportion.
    /// </summary>
    public static List<int>[] Keys(
        IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, Func<Utterance, string> key, int folds, SeededRandom random)
    {
        int[][] order = [.. units];
        Dictionary<int[], int> sizes = order.ToDictionary(unit => unit, unit => unit.Select(i => key(items[i].Utterance)).Distinct().Count());
        Dictionary<string, int> totals = items.CountBy(item => item.Utterance.Emotion).ToDictionary();
        List<int>[] best = [];
        double min = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            random.Shuffle<int[]>(order);
            List<int>[] dealt = Deal(order.OrderByDescending(unit => sizes[unit]), folds, unit => [KeyValuePair.Create("", sizes[unit])]);
            double unevenness = dealt.Sum(fold => Unevenness(totals, fold.CountBy(i => items[i].Utterance.Emotion).ToDictionary(), folds));
            if (unevenness < min)
                (best, min) = (dealt, unevenness);
        }
        return best;
    }

    /// <summary>Gives each unit, in order, to the fold that has least of what is in it, then to the smallest, then to the first.</summary>
    private static List<int>[] Deal(IEnumerable<int[]> units, int folds, Func<int[], IEnumerable<KeyValuePair<string, int>>> contents)
    {
        List<int>[] dealt = [.. Enumerable.Range(0, folds).Select(_ => new List<int>())];
        Dictionary<string, int>[] has = [.. dealt.Select(_ => new Dictionary<string, int>())];
        foreach (int[] unit in units)
        {
            KeyValuePair<string, int>[] brings = [.. contents(unit)];
            int fold = Enumerable.Range(0, folds).MinBy(f => (brings.Sum(each => has[f].GetValueOrDefault(each.Key)), dealt[f].Count));
            dealt[fold].AddRange(unit);
            foreach ((string what, int count) in brings)
                has[fold][what] = has[fold].GetValueOrDefault(what) + count;
        }
        return dealt;
    }

    private static double Unevenness(Dictionary<string, int> totals, Dictionary<string, int> fold, int folds)
    {
        double sum = 0;
        foreach ((string emotion, int total) in totals)
        {
            int count = fold.GetValueOrDefault(emotion);
            // An emotion that has nothing left to train on, or is not tested, weighs more than any proportion.
            sum += Math.Abs(((double)count / total) - (1.0 / folds)) + (count == total ? 1000 : 0) + (count == 0 ? 10 : 0);
        }
        return sum;
    }
}
