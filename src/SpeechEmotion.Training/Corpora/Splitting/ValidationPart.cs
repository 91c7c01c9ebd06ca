using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Selects the validation part from the training part.</summary>
internal static class ValidationPart
{
    /// <summary>Moves items from the training part to the validation part.</summary>
    /// <returns>The kind of split; null when the corpus defines the validation part, or when there is none.</returns>
    /// <exception cref="ArgumentException">The settings do not fit the corpus.</exception>
    /// <exception cref="InvalidDataException">The corpus lacks the speaker or text of an utterance, or a part is left empty.</exception>
    public static ValidationBy? Assign(
        IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings, SeededRandom random, List<string> notes)
    {
        if (settings.ValidationSpeakers.Count > 0)
            return AssignNamed(items, parts, settings);
        if (settings.Validation == 0 || parts.Contains(Part.Validation))
            return null;
        int[] training = SplitKeys.IndicesOf(parts, Part.Train);
        if (training.Length == 0)
            throw new InvalidDataException(
                $"Split.By = {settings.By.ToString().ToLowerInvariant()} leaves the train part empty: {items.Count} utterances");
        if (settings.ValidationBy != ValidationBy.Auto)
        {
            Set(parts, Draw(items, training, settings.ValidationBy, settings.Validation, random), settings);
            return settings.ValidationBy;
        }
        foreach (ValidationBy by in InOrderOfPreference(items, parts, settings.By))
        {
            if (!IsPossible(items, training, by))
                continue;
            List<int> drawn = Draw(items, training, by, settings.Validation, random);
            if (!LeavesEveryEmotion(items, training, drawn))
                continue;
            Set(parts, drawn, settings);
            return by;
        }
        notes.Add("no validation part: the training part is too small to give any of it");
        return null;
    }

    private static ValidationBy AssignNamed(IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings)
    {
        SplitKeys.Require(items, SplitKeys.Speaker, "Split.ValidationSpeakers", "speaker");
        HashSet<string> speakers = [.. SplitKeys.Speakers(items, settings.ValidationSpeakers, "Split.ValidationSpeakers")];
        HashSet<string> testSpeakers = [.. SplitKeys.Speakers(items, settings.TestSpeakers, "Split.TestSpeakers")];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!speakers.Contains(items[i].Utterance.Speaker))
                continue;
            if (parts[i] == Part.Test && testSpeakers.Contains(items[i].Utterance.Speaker))
                throw new ArgumentException($"Split.ValidationSpeakers = {items[i].Utterance.Speaker}: is among Split.TestSpeakers");
            if (parts[i] == Part.Train)
                parts[i] = Part.Validation;
        }
        if (!parts.Contains(Part.Validation))
            throw new ArgumentException(
                $"Split.ValidationSpeakers = {string.Join(", ", speakers)}: all their utterances are in the test part;"
                + " remove them from Split.TestSpeakers, or name others here");
        return ValidationBy.Speaker;
    }

    /// <summary>
    /// Kinds of split for the validation part, the best first: the kind of the test part, or for a predefined one the kinds that it
    /// fulfils.
    /// </summary>
    private static IEnumerable<ValidationBy> InOrderOfPreference(IReadOnlyList<CorpusItem> items, Part[] parts, SplitBy by)
    {
        if (by is SplitBy.Speaker or SplitBy.Corpus || (by == SplitBy.Predefined && AreDisjoint(items, parts, SplitKeys.Speaker)))
            yield return ValidationBy.Speaker;
        if (by is SplitBy.Speaker or SplitBy.Text or SplitBy.Corpus
            || (by == SplitBy.Predefined && AreDisjoint(items, parts, SplitKeys.Text)))
            yield return ValidationBy.Text;
        yield return ValidationBy.Random;
    }

    /// <summary>Whether no key occurs in both training and test part.</summary>
    private static bool AreDisjoint(IReadOnlyList<CorpusItem> items, Part[] parts, Func<Utterance, string> key)
    {
        HashSet<string> tested = [.. SplitKeys.IndicesOf(parts, Part.Test).Select(i => key(items[i].Utterance))];
        return !SplitKeys.IndicesOf(parts, Part.Train).Any(i => tested.Contains(key(items[i].Utterance)));
    }

    private static bool IsPossible(IReadOnlyList<CorpusItem> items, int[] training, ValidationBy by) =>
        KeyOf(by) is not { } key
        || (training.All(i => key(items[i].Utterance).Length > 0) && SplitUnits.Create(items, training, key).Count > 1);

    private static List<int> Draw(IReadOnlyList<CorpusItem> items, int[] training, ValidationBy by, double share, SeededRandom random)
    {
        if (KeyOf(by) is not { } key)
            return SplitDraw.Utterances(items, SplitUnits.Create(items, training, null), share, random);
        string what = by.ToString().ToLowerInvariant();
        SplitKeys.Require([.. training.Select(i => items[i])], key, $"Split.ValidationBy = {what}", what);
        List<int[]> units = SplitUnits.Create(items, training, key);
        if (units.Count < 2)
            throw new ArgumentException(
                $"Split.ValidationBy = {what}: the training part has one {what} ('{key(items[training[0]].Utterance)}'); it needs two");
        return SplitDraw.Keys(items, units, key, share, random);
    }

    private static bool LeavesEveryEmotion(IReadOnlyList<CorpusItem> items, int[] training, List<int> drawn) =>
        drawn.Count > 0
        && !training.Select(i => items[i].Utterance.Emotion).Except(training.Except(drawn).Select(i => items[i].Utterance.Emotion)).Any();

    private static Func<Utterance, string>? KeyOf(ValidationBy by) => by switch
    {
        ValidationBy.Speaker => SplitKeys.Speaker,
        ValidationBy.Text => SplitKeys.Text,
        _ => null,
    };

    private static void Set(Part[] parts, List<int> drawn, SplitSettings settings)
    {
        if (drawn.Count == 0)
            throw new InvalidDataException(
                $"Split.Validation = {settings.Validation}: leaves the validation part empty,"
                + " as every emotion must keep an utterance for training");
        foreach (int i in drawn)
            parts[i] = Part.Validation;
    }
}
