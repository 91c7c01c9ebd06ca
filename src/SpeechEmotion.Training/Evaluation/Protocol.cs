using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>The separation of training and test part, which determines what the results of a test mean.</summary>
public sealed record Protocol
{
    /// <summary>
    /// The kind of split: <c>random</c>, <c>speaker</c>, <c>text</c>, <c>predefined</c>; <c>all</c> when the test part is a whole corpus.
    /// </summary>
    public required string Split { get; init; }

    /// <summary>Number of test parts whose predictions are pooled; 1 without cross-validation.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>Number of seeds with which the protocol was repeated; 1 without repetition.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Whether a test speaker was seen in training; null when not all speakers are known.</summary>
    public bool? SpeakersInBothParts { get; init; }

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
    /// <param name="training">The speakers on which the model was trained; none if it does not record them.</param>
    /// <param name="test">Speaker of each utterance; empty where the corpus does not name it.</param>
    /// <param name="synthetic">Whether the corpus is synthetic.</param>
    internal static Protocol FromWholeCorpus(IEnumerable<string> training, IEnumerable<string> test, bool synthetic = false) =>
        FromSpeakers("all", training, test, synthetic);

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
            false => $"In no fold was a test speaker seen in training; the corpus has {speakers} speakers.",
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
        " also seen in training: the results hold for speakers seen in training, not for unseen speakers.";

    private const string Unknown = "Not all speakers are known, so the same speakers may be in training and test.";

    private static Protocol FromSpeakers(string split, IEnumerable<string> training, IEnumerable<string> test, bool synthetic)
    {
        HashSet<string> trained = new(training, StringComparer.Ordinal);
        HashSet<string> tested = new(test, StringComparer.Ordinal);
        int shared = tested.Count(trained.Contains);
        bool? both = trained.Count == 0 || trained.Contains("") || tested.Contains("") ? null : shared > 0;
        string speakers = (both, shared, tested.Count) switch
        {
            (null, _, _) => Unknown,
            (false, _, 1) => "The one test speaker was not seen in training; results on a single speaker may differ much from others.",
            (false, _, int all) => $"None of the {all} test speakers was seen in training.",
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
        "predefined" => "The test utterances are those of the test part that the corpus defines.",
        _ => "The test utterances are all those of the corpus.",
    };
}
