using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Stratified random assignment of units to folds: each fold has the emotions in the proportions of the corpus.</summary>
internal static class FoldDraw
{
    // Number of random assignments of speakers or texts, of which the best stratified one is used.
    private const int Tries = 32;

    /// <summary>
    /// The items of each fold. Without duplicate groups, the sizes of the folds, and the numbers of each emotion in them, differ by at most
    /// one utterance: each utterance is assigned to the fold with the fewest of its emotion, among equal ones to the smallest.
    /// </summary>
    public static List<int>[] Utterances(IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, int folds, SeededRandom random)
    {
        int[][] order = [.. units];
        random.Shuffle<int[]>(order);
        // Large units come first; single utterances then fill the gaps, emotion by emotion.
        return Deal(
            order.OrderByDescending(unit => unit.Length).ThenBy(unit => items[unit[0]].Utterance.Emotion, StringComparer.Ordinal),
            folds, unit => unit.CountBy(i => items[i].Utterance.Emotion));
    }

    /// <summary>
    /// The items of each fold, with whole keys (speakers or texts). The numbers of keys in the folds differ by at most one, unless
    /// duplicates join keys. Of several assignments it is the one whose emotions are closest to their proportions.
    /// </summary>
    public static List<int>[] Keys(
        IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, Func<Utterance, string> key, int folds, SeededRandom random)
    {
        int[][] order = [.. units];
        Dictionary<int[], int> sizes = order.ToDictionary(
            unit => unit, unit => unit.Select(i => key(items[i].Utterance)).Distinct().Count());
        Dictionary<string, int> totals = items.CountBy(item => item.Utterance.Emotion).ToDictionary();
        List<int>[] best = [];
        double min = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            random.Shuffle<int[]>(order);
            List<int>[] assigned = Deal(
                order.OrderByDescending(unit => sizes[unit]), folds, unit => [KeyValuePair.Create("", sizes[unit])]);
            double imbalance = assigned.Sum(fold => Imbalance(totals, fold.CountBy(i => items[i].Utterance.Emotion).ToDictionary(), folds));
            if (imbalance < min)
                (best, min) = (assigned, imbalance);
        }
        return best;
    }

    /// <summary>
    /// Assigns each unit, in order, to the fold that has the least of the unit's contents, among equal ones to the smallest, then to the
    /// first.
    /// </summary>
    private static List<int>[] Deal(IEnumerable<int[]> units, int folds, Func<int[], IEnumerable<KeyValuePair<string, int>>> contents)
    {
        List<int>[] assigned = [.. Enumerable.Range(0, folds).Select(_ => new List<int>())];
        Dictionary<string, int>[] counts = [.. assigned.Select(_ => new Dictionary<string, int>())];
        foreach (int[] unit in units)
        {
            KeyValuePair<string, int>[] content = [.. contents(unit)];
            int fold = Enumerable.Range(0, folds)
                .MinBy(f => (content.Sum(each => counts[f].GetValueOrDefault(each.Key)), assigned[f].Count));
            assigned[fold].AddRange(unit);
            foreach ((string name, int count) in content)
                counts[fold][name] = counts[fold].GetValueOrDefault(name) + count;
        }
        return assigned;
    }

    private static double Imbalance(Dictionary<string, int> totals, Dictionary<string, int> fold, int folds)
    {
        double sum = 0;
        foreach ((string emotion, int total) in totals)
        {
            int count = fold.GetValueOrDefault(emotion);
            // An emotion that is missing in training or in the fold outweighs all differences of proportions.
            sum += Math.Abs(((double)count / total) - (1.0 / folds)) + (count == total ? 1000 : 0) + (count == 0 ? 10 : 0);
        }
        return sum;
    }
}
