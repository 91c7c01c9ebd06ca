using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of speakers: the name of the corpus, a slash, and the name that the corpus gives the speaker. The name of a corpus has no slash.
/// </summary>
internal static class SpeakerNames
{
    /// <summary>The full name; empty for an utterance without a speaker.</summary>
    public static string Full(string corpus, string speaker) => speaker.Length == 0 ? "" : $"{corpus}/{speaker}";

    /// <summary>The corpus of a full name.</summary>
    public static string CorpusOf(string fullName) => fullName[..Math.Max(0, fullName.IndexOf('/', StringComparison.Ordinal))];

    /// <summary>The part of a full name after the corpus.</summary>
    public static string WithoutCorpus(string fullName) => fullName[(fullName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// The name from which random draws are derived. That of a single corpus is left out, because it can change with the folder.
    /// </summary>
    public static string ForSeed(CorpusSettings corpus, string fullName) => corpus.Sources.Count > 0 ? fullName : WithoutCorpus(fullName);

    /// <summary>
    /// The full name of each speaker that settings name in full, or without the corpus where one corpus alone has such a speaker.
    /// </summary>
    /// <param name="known">The full names of all speakers.</param>
    /// <param name="names">The names in the settings.</param>
    /// <param name="setting">The setting, for error messages.</param>
    /// <exception cref="ArgumentException">
    /// A name is unknown, or several corpora have it; the message lists the full names. Or two names are of one speaker.
    /// </exception>
    public static IReadOnlyList<string> Resolve(IEnumerable<string> known, IReadOnlyList<string> names, string setting)
    {
        string[] all = [.. known.Where(speaker => speaker.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        ILookup<string, string> byName = all.ToLookup(WithoutCorpus);
        string[] unknown = [.. names.Where(name => !all.Contains(name) && !byName.Contains(name)).Distinct()];
        if (unknown.Length > 0)
            throw new ArgumentException(
                $"{setting} = {string.Join(", ", unknown)}: no such speaker; the corpus has {string.Join(", ", all)}");
        List<string> resolved = [];
        Dictionary<string, string> givenNames = [];
        foreach (string name in names)
        {
            string[] candidates = all.Contains(name) ? [name] : [.. byName[name]];
            if (candidates.Length > 1)
                throw new ArgumentException(
                    $"{setting} = {name}: speakers of {candidates.Length} corpora have this name; give the full name: "
                    + string.Join(" or ", candidates));
            if (!givenNames.TryAdd(candidates[0], name) && givenNames[candidates[0]] != name)
                throw new ArgumentException($"{setting} = {name}: is named twice, once as {givenNames[candidates[0]]}");
            resolved.Add(candidates[0]);
        }
        return resolved;
    }
}
