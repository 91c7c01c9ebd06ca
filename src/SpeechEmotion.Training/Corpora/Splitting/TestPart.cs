using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Selects the test part.</summary>
internal static class TestPart
{
    /// <summary>Moves items from the training part to the test part; with predefined parts, assigns all parts of the corpus.</summary>
    /// <param name="items">The corpus.</param>
    /// <param name="parts">The part of each item, at first <see cref="Part.Train"/>.</param>
    /// <param name="settings">The kind of split and the share of the test part.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">The settings do not fit the corpus.</exception>
    /// <exception cref="InvalidDataException">The corpus lacks the speaker, text or part of an utterance.</exception>
    public static void Assign(IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings, int seed)
    {
        if (settings.Fold > 0)
        {
            IReadOnlyList<int> folds = Folds.Assign(items, settings, seed);
            if (settings.Fold > folds.Max())
                throw new ArgumentException($"Split.Fold = {settings.Fold}: there are {folds.Max()} folds");
            Set(parts, Enumerable.Range(0, items.Count).Where(i => folds[i] == settings.Fold));
            return;
        }
        SeededRandom random = Seeds.Random(seed, "split/test");
        if (settings.By != SplitBy.Speaker && settings.TestSpeakers.Count > 0)
            throw new ArgumentException("Split.TestSpeakers: names speakers, which only Split.By = speaker keeps apart");
        switch (settings.By)
        {
            case SplitBy.Random when settings.Test == 0:
                break;
            case SplitBy.Random:
                List<int[]> utterances = SplitUnits.Create(items, SplitKeys.IndicesOf(parts, Part.Train), null);
                Set(parts, SplitDraw.Utterances(items, utterances, settings.Test, random));
                break;
            case SplitBy.Speaker when settings.TestSpeakers.Count > 0:
                SplitKeys.Require(items, SplitKeys.Speaker, "Split.By = speaker", "speaker");
                HashSet<string> speakers = [.. SplitKeys.Speakers(items, settings.TestSpeakers, "Split.TestSpeakers")];
                Set(parts, Enumerable.Range(0, items.Count).Where(i => speakers.Contains(items[i].Utterance.Speaker)));
                break;
            case SplitBy.Speaker:
                Draw(items, parts, settings, SplitKeys.Speaker, "speaker", random);
                break;
            case SplitBy.Text:
                Draw(items, parts, settings, SplitKeys.Text, "text", random);
                break;
            case SplitBy.Corpus:
                if (settings.TestCorpora.Count == 0)
                    throw new ArgumentException("Split.By = corpus: name the corpora to test in Split.TestCorpora, or use crossval,"
                        + " which tests each of them");
                string[] unknown = [.. settings.TestCorpora.Except(items.Select(item => item.Utterance.Corpus))];
                if (unknown.Length > 0)
                    throw new ArgumentException(
                        $"Split.TestCorpora = {string.Join(", ", unknown)}: no such corpus; there "
                        + $"are {string.Join(", ", items.Select(item => item.Utterance.Corpus).Distinct().Order(StringComparer.Ordinal))}");
                Set(parts, Enumerable.Range(0, items.Count).Where(i => settings.TestCorpora.Contains(items[i].Utterance.Corpus)));
                break;
            case SplitBy.Predefined:
                for (int i = 0; i < parts.Length; i++)
                    parts[i] = items[i].Utterance.Part ?? throw new InvalidDataException(
                        "Split.By = predefined: the corpus names no part for "
                        + $"{items.Count(item => item.Utterance.Part is null)} utterances, the first is {items[i].Utterance.Path}");
                break;
            default:
                throw new ArgumentException($"Split.By = {settings.By}: not a kind of split");
        }
    }

    private static void Draw(
        IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings, Func<Utterance, string> key, string what,
        SeededRandom random)
    {
        SplitKeys.Require(items, key, $"Split.By = {what}", what);
        List<int[]> units = SplitUnits.Create(items, SplitKeys.IndicesOf(parts, Part.Train), key);
        if (units.Count < 2)
            throw new ArgumentException(
                $"Split.By = {what}: the corpus has one {what} ('{key(items[0].Utterance)}') or copies and segments of recordings tie all"
                + " together; it needs two");
        Set(parts, SplitDraw.Keys(items, units, key, settings.Test, random));
    }

    private static void Set(Part[] parts, IEnumerable<int> chosen)
    {
        foreach (int i in chosen)
            parts[i] = Part.Test;
    }
}
