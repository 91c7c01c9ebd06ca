using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>
/// Divides a corpus into the folds of a cross-validation. Every item is in exactly one fold; duplicates and segments of one
/// recording are in the same fold. Equal items, settings and seed give the same folds on every machine.
/// </summary>
internal static class Folds
{
    /// <summary>The fold of each item, from 1.</summary>
    /// <param name="items">The corpus, in its own order.</param>
    /// <param name="settings">The kind of split and the number of folds, or the speakers of each fold.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">The settings do not fit the corpus: an unknown speaker, or too many folds.</exception>
    /// <exception cref="InvalidDataException">The corpus lacks the speaker or text of an utterance.</exception>
    public static IReadOnlyList<int> Assign(IReadOnlyList<CorpusItem> items, SplitSettings settings, int seed)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(settings);
        SeededRandom random = Seeds.Random(seed, "split/folds");
        return settings.By switch
        {
            SplitBy.Random => Numbered(items, FoldDraw.Utterances(items, Units(items, null, settings), settings.Folds, random)),
            SplitBy.Text => Numbered(
                items, FoldDraw.Keys(items, Units(items, SplitKeys.Text, settings), SplitKeys.Text, settings.Folds, random)),
            SplitBy.Speaker when settings.FoldSpeakers.Count > 0 => FromSettings(items, settings.FoldSpeakers),
            SplitBy.Speaker when settings.Folds == 0 => Numbered(
                items, OnePerKey(items, Units(items, SplitKeys.Speaker, settings), SplitKeys.Speaker)),
            SplitBy.Speaker => Numbered(items, BySpeaker(items, Units(items, SplitKeys.Speaker, settings), settings.Folds, random)),
            SplitBy.Corpus => Numbered(items, OnePerKey(items, Units(items, SplitKeys.Corpus, settings), SplitKeys.Corpus)),
            _ => throw new ArgumentException($"Split.By = {KebabCase.From(settings.By)}: folds need random, speaker, text or corpus"),
        };
    }

    /// <summary>
    /// Folds of whole speakers; one per speaker if there are fewer speakers than folds, so that a recipe fits small corpora.
    /// </summary>
    private static IEnumerable<IEnumerable<int>> BySpeaker(
        IReadOnlyList<CorpusItem> items, List<int[]> units, int folds, SeededRandom random) =>
        units.Count <= folds ? OnePerKey(items, units, SplitKeys.Speaker) : FoldDraw.Keys(items, units, SplitKeys.Speaker, folds, random);

    private static List<int[]> Units(IReadOnlyList<CorpusItem> items, Func<Utterance, string>? key, SplitSettings settings)
    {
        string what = key is null ? "recording" : KebabCase.From(settings.By);
        if (key is not null)
            SplitKeys.Require(items, key, $"Split.By = {what}", what);
        List<int[]> units = SplitUnits.Create(items, [.. Enumerable.Range(0, items.Count)], key);
        if (units.Count < (settings.By is SplitBy.Speaker or SplitBy.Corpus ? 2 : Math.Max(2, settings.Folds)))
            throw new ArgumentException(
                $"Split.Folds = {settings.Folds}: by {what} the corpus can be divided into {units.Count} at most"
                + " (copies and segments of a recording stay together)");
        return units;
    }

    /// <summary>One fold per speaker or corpus, in the order of their names; those that share duplicates share a fold.</summary>
    private static IEnumerable<IEnumerable<int>> OnePerKey(
        IReadOnlyList<CorpusItem> items, List<int[]> units, Func<Utterance, string> key) =>
        units.OrderBy(unit => unit.Select(i => key(items[i].Utterance)).Min(StringComparer.Ordinal), StringComparer.Ordinal);

    private static int[] FromSettings(IReadOnlyList<CorpusItem> items, IReadOnlyList<string> groups)
    {
        const string setting = "Split.FoldSpeakers";
        SplitKeys.Require(items, SplitKeys.Speaker, setting, "speaker");
        string[][] parsed = [.. groups.Select(SplitSettings.ParseSpeakers)];
        Dictionary<string, int> foldOf = SplitKeys.Speakers(items, [.. parsed.SelectMany(group => group)], setting)
            .Zip(parsed.SelectMany((group, fold) => group.Select(_ => fold + 1)))
            .ToDictionary(pair => pair.First, pair => pair.Second);
        string[] missing = [.. items
            .Select(item => item.Utterance.Speaker)
            .Where(speaker => !foldOf.ContainsKey(speaker))
            .Distinct().Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
            throw new ArgumentException(
                $"{setting}: every speaker must be in one fold (speakers of a fold are joined by +);"
                + $" in none {(missing.Length == 1 ? "is" : "are")} {string.Join(", ", missing)}");
        int[] folds = [.. items.Select(item => foldOf[item.Utterance.Speaker])];
        Dictionary<int, int> first = [];
        for (int i = 0; i < folds.Length; i++)
            if (!first.TryAdd(items[i].DuplicateGroup, i) && folds[first[items[i].DuplicateGroup]] != folds[i])
                throw new ArgumentException(
                    $"{setting}: {items[first[items[i].DuplicateGroup]].Utterance.Path} and {items[i].Utterance.Path}"
                    + " are copies or segments of one recording; their speakers must be in one fold");
        return folds;
    }

    private static int[] Numbered(IReadOnlyList<CorpusItem> items, IEnumerable<IEnumerable<int>> folds)
    {
        int[] numbers = new int[items.Count];
        foreach ((int fold, IEnumerable<int> members) in folds.Index())
            foreach (int i in members)
                numbers[i] = fold + 1;
        return numbers;
    }
}
