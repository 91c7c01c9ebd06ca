using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;

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

    /// <summary>Compares the hashes of what was read with those of the split, and with what the model was trained on.</summary>
    /// <exception cref="InvalidDataException">A file has changed since training, or the split is not that of the model.</exception>
    public static void Prove(IEnumerable<CorpusItem> items, string splitPath, TrainingOverlap overlap)
    {
        if (overlap.KnownRecordings > 0)
            throw new InvalidDataException(
                $"{splitPath}: {overlap.KnownRecordings} recordings of its test part were in the training or validation of the model:"
                + " it is not the split with which this model was trained");
        Dictionary<string, string> hashes = TestRows(splitPath).ToDictionary(row => row.Path, row => row.Sha256);
        foreach (CorpusItem item in items)
            if (hashes[item.Utterance.Path] != item.Sha256)
                throw new InvalidDataException(
                    $"{item.Utterance.Path}: has changed since the model was trained (its SHA-256 is not that in {splitPath})");
    }

    /// <summary>The speaker of each utterance of the training and validation part; empty where the corpus does not name it.</summary>
    public static IEnumerable<string> TrainingSpeakers(string splitPath) =>
        SplitFile.Read(splitPath).Where(row => row.Part != Part.Test).Select(row => row.Speaker);

    private static IEnumerable<SplitRow> TestRows(string splitPath) =>
        SplitFile.Read(splitPath).Where(row => row.Part == Part.Test);
}
