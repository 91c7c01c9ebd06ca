using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Draws a share of units at random, with the emotions in their proportion.</summary>
internal static class SplitDraw
{
    // Draws of speakers or texts of which the evenest is taken.
    private const int Tries = 32;

    /// <summary>
    /// The drawn items, with each emotion in its proportion to within one utterance (within a duplicate group where there are
    /// some): quotas by the method of largest remainders, filled in random order. Every emotion leaves one behind.
    /// </summary>
    public static List<int> Utterances(IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, double share, SeededRandom random)
    {
        Dictionary<string, int> room = Quotas(items, units, share);
        int[][] order = [.. units];
        random.Shuffle<int[]>(order);
        List<int> drawn = [];
        // Large units first: single ones fill what they leave.
        foreach (int[] unit in order.OrderByDescending(unit => unit.Length))
        {
            Dictionary<string, int> needed = unit.CountBy(i => items[i].Utterance.Emotion).ToDictionary();
            if (needed.Any(each => room[each.Key] < each.Value))
                continue;
            foreach ((string emotion, int count) in needed)
                room[emotion] -= count;
            drawn.AddRange(unit);
        }
        return drawn;
    }

    /// <summary>
    /// The items of a drawn share of the keys (speakers or texts), at least one and never all. Of several draws it is the one in which
    /// the emotions are closest to their proportion, and each of them is left behind if that can be.
    /// </summary>
    public static List<int> Keys(
        IReadOnlyList<CorpusItem> items, IReadOnlyList<int[]> units, Func<Utterance, string> key, double share, SeededRandom random)
    {
        int[] sizes = [.. units.Select(unit => unit.Select(i => key(items[i].Utterance)).Distinct().Count())];
        int wanted = Math.Max(1, (int)Math.Round(share * sizes.Sum(), MidpointRounding.AwayFromZero));
        Dictionary<string, int> totals = Count(items, units.SelectMany(unit => unit));
        List<int> best = [];
        double min = double.PositiveInfinity;
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            List<int> drawn = Draw(units, sizes, wanted, random);
            double unevenness = Unevenness(totals, Count(items, drawn), share);
            if (unevenness < min)
                (best, min) = (drawn, unevenness);
        }
        return best;
    }

    private static List<int> Draw(IReadOnlyList<int[]> units, int[] sizes, int wanted, SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, units.Count)];
        random.Shuffle<int>(order);
        List<int> drawn = [];
        int taken = 0;
        // The last unit always stays. One larger than the room is passed over, but for the first.
        foreach (int unit in order.SkipLast(1))
        {
            if (taken >= wanted || (taken > 0 && taken + sizes[unit] > wanted))
                continue;
            taken += sizes[unit];
            drawn.AddRange(units[unit]);
        }
        return drawn;
    }

    private static double Unevenness(Dictionary<string, int> totals, Dictionary<string, int> drawn, double share)
    {
        double sum = 0;
        foreach ((string emotion, int total) in totals)
        {
            int count = drawn.GetValueOrDefault(emotion);
            // An emotion that is missing on one side weighs more than any proportion.
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
