using SpeechEmotion.Settings;

namespace SpeechEmotion.Evaluation;

/// <summary>How training and test were kept apart, which decides what a figure means.</summary>
public sealed record Protocol
{
    /// <summary>What was kept apart: <c>random</c>, <c>speaker</c>, <c>text</c>, <c>predefined</c>; <c>all</c> when a whole corpus tests.</summary>
    public required string Split { get; init; }

    /// <summary>Number of test parts whose judgements are pooled; 1 without cross-validation.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>How many seeds all of it was done with; 1 without repetition.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Whether a test speaker was heard in training; null when the corpus does not name its speakers.</summary>
    public bool? SpeakersInBothParts { get; init; }

    /// <summary>Whether the speech was made by the program itself.</summary>
    public bool Synthetic { get; init; }

    /// <summary>What all this means, in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>The protocol of one split of a corpus.</summary>
    /// <param name="by">What was kept apart.</param>
    /// <param name="training">Speaker of each utterance that trains or validates; empty where the corpus does not say.</param>
    /// <param name="test">Speaker of each utterance that tests; empty where the corpus does not say.</param>
    /// <param name="synthetic">Whether the corpus is the synthetic one.</param>
    public static Protocol FromSplit(SplitBy by, IEnumerable<string> training, IEnumerable<string> test, bool synthetic = false) =>
        FromSpeakers(by.ToString().ToLowerInvariant(), training, test, synthetic);

    /// <summary>The protocol of a test on all utterances of a corpus, with the speakers that the model was trained on.</summary>
    public static Protocol FromWholeCorpus(IEnumerable<string> training, IEnumerable<string> test, bool synthetic = false) =>
        FromSpeakers("all", training, test, synthetic);

    /// <summary>The protocol of a training on a whole corpus: nothing is tested.</summary>
    public static Protocol WithoutTest(bool synthetic = false) => new()
    {
        Split = "none",
        Synthetic = synthetic,
        Sentence = "Trained on every utterance of the corpus: there is no test part, and no figure.",
    };

    /// <summary>The protocol of a cross-validation: every utterance is judged by the model of the fold that it tests.</summary>
    /// <param name="by">What was kept apart in each fold.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="speakersInBothParts">Whether in any fold a test speaker was heard in training; null when unknown.</param>
    /// <param name="speakers">Number of speakers in the corpus.</param>
    /// <param name="synthetic">Whether the corpus is the synthetic one.</param>
    public static Protocol FromFolds(SplitBy by, int folds, bool? speakersInBothParts, int speakers, bool synthetic = false)
    {
        string split = by.ToString().ToLowerInvariant();
        string overlap = speakersInBothParts switch
        {
            true => "Test speakers were" + HeardBefore,
            false => $"In no fold was one of the test speakers heard in training; there are {speakers} speakers in all.",
            null => Unknown,
        };
        string pooled = $"The figures pool {folds} folds, each judged by a model that was trained on the others.";
        return New(split, folds, speakersInBothParts, synthetic, $"{Drawn(split)} {pooled} {overlap}");
    }

    /// <summary>The same protocol, gone through once with each of several seeds.</summary>
    /// <param name="seeds">Number of seeds.</param>
    public Protocol Repeated(int seeds) => seeds == 1 ? this : this with
    {
        Seeds = seeds,
        Sentence = $"{Sentence} All of it was done with {seeds} seeds, each of which draws test parts and weights anew; the intervals count the judgements of an utterance as one case.",
    };

    private const string HeardBefore =
        " also heard in training: the figures tell how well known voices are recognised, not how well an unknown one will be.";

    private const string Unknown = "It is not known who speaks, so the same voices may stand in training and test.";

    private static Protocol FromSpeakers(string split, IEnumerable<string> training, IEnumerable<string> test, bool synthetic)
    {
        HashSet<string> heard = new(training, StringComparer.Ordinal);
        HashSet<string> tested = new(test, StringComparer.Ordinal);
        int known = tested.Count(heard.Contains);
        bool? both = heard.Count == 0 || heard.Contains("") || tested.Contains("") ? null : known > 0;
        string speakers = (both, known, tested.Count) switch
        {
            (null, _, _) => Unknown,
            (false, _, 1) => "The one test speaker was never heard in training; with a single voice the figures may be far from those of another.",
            (false, _, int all) => $"None of the {all} test speakers was heard in training.",
            (true, 1, 1) => "The one test speaker was" + HeardBefore,
            (true, int some, int all) when some == all => $"All {all} test speakers were" + HeardBefore,
            (true, int some, int all) => $"{some} of {all} test speakers {(some == 1 ? "was" : "were")}" + HeardBefore,
        };
        return New(split, 1, both, synthetic, $"{Drawn(split)} {speakers}");
    }

    private static Protocol New(string split, int folds, bool? both, bool synthetic, string sentence) => new()
    {
        Split = split,
        Folds = folds,
        SpeakersInBothParts = both,
        Synthetic = synthetic,
        Sentence = synthetic
            ? sentence + " The speech is synthetic, made by the program itself: the figures show that the pipeline works and tell nothing of real voices."
            : sentence,
    };

    private static string Drawn(string split) => split switch
    {
        "random" => "The test utterances were drawn at random.",
        "speaker" => "The test utterances are those of speakers kept apart.",
        "text" => "The test utterances are those of texts kept apart.",
        "predefined" => "The test utterances are those that the corpus itself sets apart.",
        _ => "The test utterances are all those of the corpus.",
    };
}
