using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Stratified random selection of a share of the units: the emotions are selected in the proportions of the corpus.</summary>
internal static class SplitDraw
{
    // Number of random selections of speakers or texts, of which the best stratified one is used.
    private const int Tries = 32;

    /// <summary>
    /// The selected items. The number of each emotion has its proportion to within one utterance, or one duplicate group: quotas by the
    /// method of largest remainders are filled in random order. At least one utterance of every emotion is not selected.
    /// </summary>
    public static List<int> Utterances(IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, double share, SeededRandom random)
    {
        Dictionary<string, int> remaining = Quotas(items, units, share);
        int[][] order = [.. units];
        random.Shuffle<int[]>(order);
        List<int> drawn = [];
        // Large units come first; single utterances then fill the gaps.
        foreach (int[] unit in order.OrderByDescending(unit => unit.Length))
        {
            Dictionary<string, int> needed = unit.CountBy(i => items[i].Utterance.Emotion).ToDictionary();
            if (needed.Any(each => remaining[each.Key] < each.Value))
                continue;
            foreach ((string emotion, int count) in needed)
                remaining[emotion] -= count;
            drawn.AddRange(unit);
        }
        return drawn;
    }

    /// <summary>
    /// The items of a selected share of the keys (speakers or texts), at least one key and never all. Of several selections it is the one
    /// whose emotions are closest to their proportions; if possible, no emotion is selected completely.
    /// </summary>
    public static List<int> Keys(
        IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, Func<Utterance, string> key, double share, SeededRandom random)
    {
        int[] sizes = [.. units.Select(unit => unit.Select(i => key(items[i].Utterance)).Distinct().Count())];
        int target = Math.Max(1, (int)Math.Round(share * sizes.Sum(), MidpointRounding.AwayFromZero));
        Dictionary<string, int> totals = Count(items, units.SelectMany(unit => unit));
        List<int> best = [];
        double min = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            List<int> drawn = Draw(units, sizes, target, random);
            double imbalance = Imbalance(totals, Count(items, drawn), share);
            if (imbalance < min)
                (best, min) = (drawn, imbalance);
        }
        return best;
    }

    private static List<int> Draw(IReadOnlyList<int[]> units, int[] sizes, int target, SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, units.Count)];
        random.Shuffle<int>(order);
        List<int> drawn = [];
        int taken = 0;
        // The last unit is never selected. A unit that exceeds the target is skipped, unless it is the first.
        foreach (int unit in order.SkipLast(1))
        {
            if (taken >= target || (taken > 0 && taken + sizes[unit] > target))
                continue;
            taken += sizes[unit];
            drawn.AddRange(units[unit]);
        }
        return drawn;
    }

    private static double Imbalance(Dictionary<string, int> totals, Dictionary<string, int> drawn, double share)
    {
        double sum = 0;
        foreach ((string emotion, int total) in totals)
        {
            int count = drawn.GetValueOrDefault(emotion);
            // An emotion that is missing on one side outweighs all differences of proportions.
            sum += Math.Abs((double)count / total - share) + (count == total ? 1000 : 0) + (count == 0 ? 10 : 0);
        }
        return sum;
    }

    private static Dictionary<string, int> Quotas(IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, double share)
    {
        Dictionary<string, int> totals = Count(items, units.SelectMany(unit => unit));
        string[] emotions = [.. totals.Keys.Order(StringComparer.Ordinal)];
        Dictionary<string, int> quotas = emotions.ToDictionary(emotion => emotion, emotion => (int)(totals[emotion] * share));
        int total = totals.Values.Sum();
        int left = Math.Max(1, (int)Math.Round(total * share, MidpointRounding.AwayFromZero)) - quotas.Values.Sum();
        foreach (string emotion in emotions
            .OrderByDescending(emotion => totals[emotion] * share - quotas[emotion])
            .Where(emotion => quotas[emotion] + 1 < totals[emotion])
            .Take(left))
            quotas[emotion]++;
        return quotas;
    }

    private static Dictionary<string, int> Count(IReadOnlyList<CorpusItem> items, IEnumerable<int> chosen) =>
        chosen.CountBy(i => items[i].Utterance.Emotion).ToDictionary();
}
