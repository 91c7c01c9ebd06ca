using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>The keys by which a split keeps utterances together: corpus, speaker and text.</summary>
internal static class SplitKeys
{
    /// <summary>The speaker of an utterance.</summary>
    public static string Speaker(Utterance utterance) => utterance.Speaker;

    /// <summary>The corpus of an utterance.</summary>
    public static string Corpus(Utterance utterance) => utterance.Corpus;

    /// <summary>The text of an utterance, without differences of case and spacing.</summary>
    public static string Text(Utterance utterance) =>
        string.Join(' ', utterance.Text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Checks that every item has a key.</summary>
    /// <exception cref="InvalidDataException">An item has an empty key; the message names the setting that requires it.</exception>
    public static void Require(IReadOnlyList<CorpusItem> items, Func<Utterance, string> key, string setting, string what)
    {
        List<CorpusItem> without = [.. items.Where(item => key(item.Utterance).Length == 0)];
        if (without.Count > 0)
            throw new InvalidDataException(
                $"{setting}: the corpus does not say the {what} of {without.Count} utterances, the first is {without[0].Utterance.Path}");
    }

    /// <summary>The full names of the speakers that a setting names.</summary>
    /// <exception cref="ArgumentException">A name is unknown, ambiguous or repeated.</exception>
    public static IReadOnlyList<string> Speakers(IReadOnlyList<CorpusItem> items, IReadOnlyList<string> names, string setting) =>
        SpeakerNames.Resolve(items.Select(item => item.Utterance.Speaker), names, setting);

    /// <summary>Indices of the items in a part, in order.</summary>
    public static int[] IndicesOf(Part[] parts, Part part) => [.. Enumerable.Range(0, parts.Length).Where(i => parts[i] == part)];
}
