using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>The separation of training and test part, which determines what the results of a test mean.</summary>
public sealed record Protocol
{
    /// <summary>
    /// The kind of split: <c>random</c>, <c>speaker</c>, <c>text</c>, <c>corpus</c>, <c>predefined</c>; <c>all</c> when the test part is a
    /// whole corpus.
    /// </summary>
    public required string Split { get; init; }

    /// <summary>Number of test parts whose predictions are pooled; 1 without cross-validation.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>Number of seeds with which the protocol was repeated; 1 without repetition.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Whether a test speaker was seen in training; null when not all speakers are known.</summary>
    public bool? SpeakersInBothParts { get; init; }

    /// <summary>
    /// Number of test recordings whose samples were also in training or validation; 0 in a split, where copies stay in one part.
    /// </summary>
    public int RecordingsInBothParts { get; init; }

    /// <summary>Whether the speech was made by the program itself.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The protocol in sentences, for reports and model cards.</summary>
    public required string Sentence { get; init; }

    /// <summary>The protocol of one split of a corpus.</summary>
    /// <param name="by">The kind of split.</param>
    /// <param name="training">
    /// Speaker of each utterance of the training and validation part; empty where the corpus does not name it.
    /// </param>
    /// <param name="test">Speaker of each utterance of the test part; empty where the corpus does not name it.</param>
    /// <param name="synthetic">Whether the corpus is synthetic.</param>
    internal static Protocol FromSplit(SplitBy by, IEnumerable<string> training, IEnumerable<string> test, bool synthetic = false) =>
        FromSpeakers(by.ToString().ToLowerInvariant(), training, test, synthetic);

    /// <summary>The protocol of a test on all utterances of a corpus.</summary>
    /// <param name="overlap">Which of them the model was trained on.</param>
    /// <param name="synthetic">Whether the corpus is synthetic.</param>
    internal static Protocol FromWholeCorpus(TrainingOverlap overlap, bool synthetic = false)
    {
        bool? both = overlap.SeenSpeakers > 0 || overlap.KnownRecordings > 0 ? true
            : !overlap.IsRecorded || overlap.HasUnnamed || overlap.UnknownSpeakers > 0 ? null
            : false;
        string sentence = string.Join(' ', (string[])[DescribeTestPart("all"), .. Describe(overlap)]);
        return New("all", 1, both, synthetic, sentence) with { RecordingsInBothParts = overlap.KnownRecordings };
    }

    /// <summary>The protocol of a training on a whole corpus: nothing is tested.</summary>
    internal static Protocol WithoutTest(bool synthetic = false) => new()
    {
        Split = "none",
        Synthetic = synthetic,
        Sentence = "Trained on every utterance of the corpus: there is no test part, and there are no metrics.",
    };

    /// <summary>The protocol of a cross-validation, in which a model trained on the other folds classifies each fold.</summary>
    /// <param name="by">The kind of split.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="speakersInBothParts">Whether in any fold a test speaker was seen in training; null when unknown.</param>
    /// <param name="speakers">Number of speakers in the corpus.</param>
    /// <param name="synthetic">Whether the corpus is synthetic.</param>
    internal static Protocol FromFolds(SplitBy by, int folds, bool? speakersInBothParts, int speakers, bool synthetic = false)
    {
        string split = by.ToString().ToLowerInvariant();
        string overlap = speakersInBothParts switch
        {
            true => "Test speakers were" + SeenInTraining,
            false => $"In no fold was a test speaker seen in training or validation; the corpus has {speakers} speakers.",
            null => Unknown,
        };
        string pooled = $"The results pool {folds} folds, each classified by a model that was trained on the others.";
        return New(split, folds, speakersInBothParts, synthetic, $"{DescribeTestPart(split)} {pooled} {overlap}");
    }

    /// <summary>The same protocol, repeated with several seeds.</summary>
    /// <param name="seeds">Number of seeds.</param>
    internal Protocol Repeated(int seeds) => seeds == 1 ? this : this with
    {
        Seeds = seeds,
        Sentence = $"{Sentence} All runs were repeated with {seeds} seeds, which determine test parts and initial weights;"
            + " the intervals count the predictions for one utterance as one case.",
    };

    private const string SeenInTraining =
        " also seen in training or validation: the results hold for speakers seen there, not for unseen speakers.";

    private const string Unknown = "Not all speakers are known, so the same speakers may be in training and test.";

    private static IEnumerable<string> Describe(TrainingOverlap overlap)
    {
        if (!overlap.IsRecorded)
        {
            yield return "The model does not record its training data, so it is not known whether any of them was there.";
            yield break;
        }
        int all = overlap.Recordings, known = overlap.KnownRecordings;
        yield return (known, all) switch
        {
            (0, 1) => "The one recording was not in training or validation.",
            (0, _) => $"None of the {all:N0} recordings was in training or validation.",
            _ when known == all => $"{(all == 1 ? "The one recording was" : $"All {all:N0} recordings were")} in training or validation:"
                + " the results hold for recordings that the model was trained on, not for new speech.",
            _ => $"{known:N0} of the {all:N0} recordings {(known == 1 ? "was" : "were")} in training or validation;"
                + " the results are too good by their share.",
        };
        if (overlap.SeenSpeakers > 0 && known < all)
            yield return overlap.SeenSpeakers == overlap.Speakers
                ? $"{(overlap.Speakers == 1 ? "The one test speaker was" : $"All {overlap.Speakers} test speakers were")}{SeenInTraining}"
                : $"{overlap.SeenSpeakers} of {overlap.Speakers} test speakers {(overlap.SeenSpeakers == 1 ? "was" : "were")}"
                    + SeenInTraining;
        if (overlap.UnseenSpeakers > 0)
            yield return $"{Some("The", overlap.UnseenSpeakers)} not seen in training: the corpus was there, without"
                + (overlap.UnseenSpeakers == 1 ? " this speaker." : " these speakers.");
        if (overlap.UnknownSpeakers > 0)
            yield return $"Whether {Some("the", overlap.UnknownSpeakers)} seen in training is not known: no recording tells,"
                + " and names of different corpora prove nothing.";
        if (overlap.HasUnnamed)
            yield return Unknown;

        string Some(string article, int count) => (count, overlap.Speakers) switch
        {
            (1, 1) => $"{article} one test speaker was",
            (_, var total) when count == total => $"{article} {count} test speakers were",
            (1, _) => $"1 of {overlap.Speakers} test speakers was",
            _ => $"{count} of {overlap.Speakers} test speakers were",
        };
    }

    private static Protocol FromSpeakers(string split, IEnumerable<string> training, IEnumerable<string> test, bool synthetic)
    {
        HashSet<string> trained = new(training, StringComparer.Ordinal);
        HashSet<string> tested = new(test, StringComparer.Ordinal);
        int shared = tested.Count(trained.Contains);
        bool? both = trained.Count == 0 || trained.Contains("") || tested.Contains("") ? null : shared > 0;
        string speakers = (both, shared, tested.Count) switch
        {
            (null, _, _) => Unknown,
            (false, _, 1) => "The one test speaker was not seen in training or validation; results on a single speaker may differ much"
                + " from others.",
            (false, _, int all) => $"None of the {all} test speakers was seen in training or validation.",
            (true, 1, 1) => "The one test speaker was" + SeenInTraining,
            (true, int some, int all) when some == all => $"All {all} test speakers were" + SeenInTraining,
            (true, int some, int all) => $"{some} of {all} test speakers {(some == 1 ? "was" : "were")}" + SeenInTraining,
        };
        return New(split, 1, both, synthetic, $"{DescribeTestPart(split)} {speakers}");
    }

    private static Protocol New(string split, int folds, bool? both, bool synthetic, string sentence) => new()
    {
        Split = split,
        Folds = folds,
        SpeakersInBothParts = both,
        Synthetic = synthetic,
        Sentence = synthetic
            ? sentence + " The speech is synthetic, made by the program itself: the results show that the pipeline works"
                + " and say nothing about real speech."
            : sentence,
    };

    private static string DescribeTestPart(string split) => split switch
    {
        "random" => "The test utterances were drawn at random.",
        "speaker" => "The test utterances are those of held-out speakers.",
        "text" => "The test utterances are those of held-out texts.",
        "corpus" => "The test utterances are those of corpora that were not in training.",
        "predefined" => "The test utterances are those of the test part that the corpus defines.",
        _ => "The test utterances are all those of the corpus.",
    };
}
