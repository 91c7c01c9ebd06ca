using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;

namespace SpeechEmotion.Pipeline;

/// <summary>The test part of a finished run, read again from the corpus and verified by hash.</summary>
internal static class StoredTestPart
{
    /// <summary>The utterances of the test part in <c>split.csv</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no split.csv.</exception>
    /// <exception cref="InvalidDataException">An utterance of it is not in the corpus.</exception>
    public static CorpusListing Select(CorpusListing listing, string splitPath, string source)
    {
        if (!File.Exists(splitPath))
            throw new FileNotFoundException(
                $"{splitPath}: not there, so the model's own test part is not known; use --split all to evaluate on a whole corpus");
        HashSet<string> test = [.. TestRows(splitPath).Select(row => row.Path)];
        CorpusListing selected = listing.Only(utterance => test.Contains(utterance.Path));
        if (selected.Utterances.Count == test.Count)
            return selected;
        string missing = test.Except(selected.Utterances.Select(utterance => utterance.Path)).Order(StringComparer.Ordinal).First();
        throw new InvalidDataException(
            $"{source}: {test.Count - selected.Utterances.Count} of {test.Count} test utterances are not there," +
            $" the first being {missing}; is --data the corpus that the model was trained on? For another corpus use --split all");
    }

    /// <summary>Compares the hashes of what was read with those of the split.</summary>
    /// <exception cref="InvalidDataException">A file has changed since training.</exception>
    public static void Prove(IEnumerable<CorpusItem> items, string splitPath)
    {
        Dictionary<string, string> hashes = TestRows(splitPath).ToDictionary(row => row.Path, row => row.Sha256);
        foreach (CorpusItem item in items)
            if (hashes[item.Utterance.Path] != item.Sha256)
                throw new InvalidDataException(
                    $"{item.Utterance.Path}: has changed since the model was trained (its SHA-256 is not that in {splitPath})");
    }

    private static IEnumerable<SplitRow> TestRows(string splitPath) =>
        SplitFile.Read(splitPath).Where(row => row.Part == Part.Test);
}
