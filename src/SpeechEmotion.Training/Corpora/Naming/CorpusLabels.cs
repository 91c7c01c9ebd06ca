namespace SpeechEmotion.Corpora.Naming;

/// <summary>The setting <c>Corpus.Labels</c>, which renames and drops labels.</summary>
internal static class CorpusLabels
{
    /// <summary>
    /// Renames labels, and drops utterances whose new label is empty. The keys are canonical labels, their other spellings or other labels,
    /// in any case. The new labels are used as they are and are not renamed again.
    /// </summary>
    public static List<CorpusEntry> Apply(IReadOnlyDictionary<string, string> labels, List<CorpusEntry> entries, ProblemTally problems)
    {
        if (labels.Count == 0)
            return entries;
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string name) in labels)
            names[EmotionNames.OrAsIs(key)] = name.Trim();

        List<CorpusEntry> kept = [];
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        foreach (CorpusEntry entry in entries)
        {
            Utterance utterance = entry.Utterance;
            if (!names.TryGetValue(utterance.Emotion, out string? name))
            {
                kept.Add(entry);
                continue;
            }
            used.Add(utterance.Emotion);
            if (name.Length == 0)
                problems.Add(CorpusProblemKind.LeftOut, utterance.Path, $"Corpus.Labels drops '{utterance.Emotion}'");
            else
                kept.Add(entry with { Utterance = utterance with { Emotion = name } });
        }
        foreach (string key in labels.Keys.Where(key => !used.Contains(EmotionNames.OrAsIs(key))))
            problems.Add(
                CorpusProblemKind.Warning, entries.Count == 0 ? "" : entries[0].Utterance.Path,
                $"Corpus.Labels.{key}: no utterance has this label; the labels are "
                + string.Join(", ", entries.Select(entry => entry.Utterance.Emotion).Distinct().Order(StringComparer.Ordinal)));
        return kept;
    }

    /// <summary>Adds a warning for labels that differ only in case or are spellings of the same emotion.</summary>
    public static void WarnOfVariants(IReadOnlyList<CorpusEntry> entries, ProblemTally problems)
    {
        foreach (IGrouping<string, Utterance> spellings in entries
            .Select(entry => entry.Utterance)
            .DistinctBy(utterance => utterance.Emotion)
            .GroupBy(utterance => EmotionNames.OrAsIs(utterance.Emotion).ToLowerInvariant())
            .Where(group => group.Count() > 1))
        {
            string names = string.Join(" and ", spellings.Select(utterance => $"'{utterance.Emotion}'").Order(StringComparer.Ordinal));
            problems.Add(
                CorpusProblemKind.Warning, spellings.First().Path,
                $"the labels {names} are kept apart, though they look like one; Corpus.Labels can join them");
        }
    }
}
