namespace SpeechEmotion.Corpora.Splitting;

/// <summary>
/// Items that must stay on one side of a split: those with one key (a speaker, a text), and those of one duplicate group. Folds
/// and single splits alike distribute whole units.
/// </summary>
internal static class SplitUnits
{
    /// <summary>Units of <paramref name="chosen"/> items, each in order, in the order of their first items.</summary>
    /// <param name="items">All items.</param>
    /// <param name="chosen">Indices of the items to distribute.</param>
    /// <param name="key">What holds items together beside their duplicate group; null: nothing.</param>
    public static List<int[]> Create(IReadOnlyList<CorpusItem> items, IReadOnlyList<int> chosen, Func<Utterance, string>? key)
    {
        UnionFind sets = new(items.Count);
        Dictionary<int, int> groups = [];
        Dictionary<string, int> keys = [];
        foreach (int i in chosen)
        {
            if (!groups.TryAdd(items[i].DuplicateGroup, i))
                sets.Join(groups[items[i].DuplicateGroup], i);
            if (key is not null && !keys.TryAdd(key(items[i].Utterance), i))
                sets.Join(keys[key(items[i].Utterance)], i);
        }
        return [.. chosen.GroupBy(sets.Find).Select(unit => unit.ToArray())];
    }
}
