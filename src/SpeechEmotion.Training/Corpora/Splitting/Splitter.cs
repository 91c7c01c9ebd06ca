using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>
/// Divides a corpus into training, validation and test part. A group of duplicates and segments is never divided. Equal
/// items, settings and seed give the same split on every machine.
/// </summary>
public static class Splitter
{
    /// <summary>Assigns a part to every item.</summary>
    /// <param name="items">The corpus, in its own order.</param>
    /// <param name="settings">The kind of split and the shares of test and validation part.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ArgumentException">The settings do not fit the corpus: an unknown speaker, or only one speaker or text.</exception>
    /// <exception cref="InvalidDataException">
    /// The corpus lacks the speaker, text or part of an utterance, or a part or an emotion is left without utterances.
    /// </exception>
    public static CorpusSplit Split(IReadOnlyList<CorpusItem> items, SplitSettings settings, int seed)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(settings);
        if (items.Count == 0)
            throw new InvalidDataException("the corpus has no utterances to split");
        Part[] parts = new Part[items.Count];
        List<string> notes = [];

        TestPart.Assign(items, parts, settings, seed);
        HoldGroupsTogether(items, parts, notes);
        ValidationBy? validationBy = ValidationPart.Assign(items, parts, settings, Seeds.Random(seed, "split/validation"), notes);
        HoldGroupsTogether(items, parts, notes);

        Check(items, parts, settings);
        IEnumerable<string> untested = TrainsOnAll(settings)
            ? []
            : Emotions(items, parts, Part.Train).Except(Emotions(items, parts, Part.Test));
        foreach (string emotion in untested.Order(StringComparer.Ordinal))
            notes.Add($"no utterance of {emotion} is in the test part");
        return new CorpusSplit(parts, settings.By, validationBy, SharedSpeakers(items, parts), notes);
    }

    /// <summary>
    /// Assigns a group that named speakers or the parts of the corpus would divide to one part: to the test part before the
    /// validation part, and to that before the training part.
    /// </summary>
    private static void HoldGroupsTogether(IReadOnlyList<CorpusItem> items, Part[] parts, List<string> notes)
    {
        Dictionary<int, Part> groupParts = [];
        for (int i = 0; i < parts.Length; i++)
            if (!groupParts.TryGetValue(items[i].DuplicateGroup, out Part part) || parts[i] > part)
                groupParts[items[i].DuplicateGroup] = parts[i];
        int[] moved = [.. Enumerable.Range(0, parts.Length).Where(i => parts[i] != groupParts[items[i].DuplicateGroup])];
        foreach (IGrouping<(Part From, Part To), int> move in moved.GroupBy(i => (parts[i], groupParts[items[i].DuplicateGroup])))
        {
            string path = items[move.First()].Utterance.Path, way = $"from {Name(move.Key.From)} to {Name(move.Key.To)}";
            notes.Add(move.Count() == 1
                ? $"{path} goes {way}: it is a copy or a segment of a recording there"
                : $"{path} and {move.Count() - 1} more go {way}: they are copies or segments of recordings there");
        }
        foreach (int i in moved)
            parts[i] = groupParts[items[i].DuplicateGroup];
    }

    private static void Check(IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings)
    {
        foreach (Part part in new[] { Part.Train, Part.Test })
            if (!parts.Contains(part) && !(part == Part.Test && TrainsOnAll(settings)))
                throw new InvalidDataException(
                    $"Split.By = {Name(settings.By)} leaves the {Name(part)} part empty: {items.Count} utterances");
        // A corpus that only tests may have labels of its own.
        IEnumerable<string> needed = settings.By == SplitBy.Corpus
            ? Emotions(items, parts, Part.Validation)
            : items.Select(item => item.Utterance.Emotion).Distinct();
        string[] untrained = [.. needed
            .Except(Emotions(items, parts, Part.Train)).Order(StringComparer.Ordinal)];
        if (untrained.Length > 0)
            throw new InvalidDataException(
                $"Split.By = {Name(settings.By)} leaves no utterance of {string.Join(", ", untrained)} for training; "
                + "set less aside, or drop the label with Corpus.Labels");
    }

    /// <summary>Whether the settings ask for no test part, as for a model that is to be shipped.</summary>
    private static bool TrainsOnAll(SplitSettings settings) => settings.By == SplitBy.Random && settings.Test == 0;

    private static string[] SharedSpeakers(IReadOnlyList<CorpusItem> items, Part[] parts)
    {
        HashSet<string> trained = [.. Enumerable.Range(0, parts.Length)
            .Where(i => parts[i] != Part.Test)
            .Select(i => items[i].Utterance.Speaker)];
        return [.. Enumerable.Range(0, parts.Length)
            .Where(i => parts[i] == Part.Test)
            .Select(i => items[i].Utterance.Speaker)
            .Where(speaker => speaker.Length > 0 && trained.Contains(speaker))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Emotions(IReadOnlyList<CorpusItem> items, Part[] parts, Part part) =>
        Enumerable.Range(0, parts.Length).Where(i => parts[i] == part).Select(i => items[i].Utterance.Emotion).Distinct();

    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
}
