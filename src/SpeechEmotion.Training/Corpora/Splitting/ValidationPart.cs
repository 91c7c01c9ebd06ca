using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>Takes the validation part out of the training part, never out of the test part.</summary>
internal static class ValidationPart
{
    /// <summary>Returns what was kept apart, or null where the corpus's own validation part was taken or none is wanted.</summary>
    public static ValidationBy? Assign(
        IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings, SeededRandom random, List<string> notes)
    {
        if (settings.ValidationSpeakers.Count > 0)
            return Named(items, parts, settings);
        if (settings.Validation == 0 || parts.Contains(Part.Validation))
            return null;
        int[] training = SplitKeys.IndicesOf(parts, Part.Train);
        if (training.Length == 0)
            throw new InvalidDataException($"Split.By = {settings.By.ToString().ToLowerInvariant()} leaves the train part empty: {items.Count} utterances");
        if (settings.ValidationBy != ValidationBy.Auto)
        {
            Set(parts, Draw(items, training, settings.ValidationBy, settings.Validation, random), settings);
            return settings.ValidationBy;
        }
        foreach (ValidationBy by in Preferred(items, parts, settings.By))
        {
            if (!CanBe(items, training, by))
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

    private static ValidationBy Named(IReadOnlyList<CorpusItem> items, Part[] parts, SplitSettings settings)
    {
        SplitKeys.Require(items, SplitKeys.Speaker, "Split.ValidationSpeakers", "speaker");
        HashSet<string> speakers = SplitKeys.Speakers(items, settings.ValidationSpeakers, "Split.ValidationSpeakers");
        for (int i = 0; i < parts.Length; i++)
        {
            if (!speakers.Contains(items[i].Utterance.Speaker))
                continue;
            if (parts[i] == Part.Test && settings.TestSpeakers.Contains(items[i].Utterance.Speaker))
                throw new ArgumentException($"Split.ValidationSpeakers = {items[i].Utterance.Speaker}: is among Split.TestSpeakers");
            if (parts[i] == Part.Train)
                parts[i] = Part.Validation;
        }
        if (!parts.Contains(Part.Validation))
            throw new ArgumentException(
                $"Split.ValidationSpeakers = {string.Join(", ", speakers)}: all their utterances test; name them in Split.TestSpeakers no more, or others here");
        return ValidationBy.Speaker;
    }

    /// <summary>What keeps validation apart as the test part is: for a predefined one, what happens to be apart there.</summary>
    private static IEnumerable<ValidationBy> Preferred(IReadOnlyList<CorpusItem> items, Part[] parts, SplitBy by)
    {
        if (by == SplitBy.Speaker || (by == SplitBy.Predefined && Apart(items, parts, SplitKeys.Speaker)))
            yield return ValidationBy.Speaker;
        if (by is SplitBy.Speaker or SplitBy.Text || (by == SplitBy.Predefined && Apart(items, parts, SplitKeys.Text)))
            yield return ValidationBy.Text;
        yield return ValidationBy.Random;
    }

    private static bool Apart(IReadOnlyList<CorpusItem> items, Part[] parts, Func<Utterance, string> key)
    {
        HashSet<string> tested = [.. SplitKeys.IndicesOf(parts, Part.Test).Select(i => key(items[i].Utterance))];
        return !SplitKeys.IndicesOf(parts, Part.Train).Any(i => tested.Contains(key(items[i].Utterance)));
    }

    private static bool CanBe(IReadOnlyList<CorpusItem> items, int[] training, ValidationBy by) =>
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
            throw new ArgumentException($"Split.ValidationBy = {what}: the training part has one {what} ('{key(items[training[0]].Utterance)}'); it needs two");
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
                $"Split.Validation = {settings.Validation}: leaves the validation part empty, as every emotion must keep an utterance for training");
        foreach (int i in drawn)
            parts[i] = Part.Validation;
    }
}
