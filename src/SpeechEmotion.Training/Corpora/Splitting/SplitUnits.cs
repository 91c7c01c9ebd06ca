namespace SpeechEmotion.Corpora.Splitting;

/// <summary>
/// Units of items that must stay in one part of a split: the items with the same key (speaker or text), and those of one duplicate group.
/// Folds and single splits assign whole units.
/// </summary>
internal static class SplitUnits
{
    /// <summary>The units of the <paramref name="chosen"/> items as indices, in the order of their first items.</summary>
    /// <param name="items">All items.</param>
    /// <param name="chosen">Indices of the items to divide.</param>
    /// <param name="key">The key that joins items in addition to the duplicate groups; null: none.</param>
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
