namespace SpeechEmotion.Settings;

/// <summary>The split of the corpus into training, validation and test part. All copies of a recording are in the same part.</summary>
public sealed record SplitSettings
{
    /// <summary>What the training and the test part do not share.</summary>
    public SplitBy By { get; init; } = SplitBy.Random;

    /// <summary>
    /// Share of the utterances (of the speakers, of the texts) in the test part, from 0 to below 1. 0, with <c>random</c> only: no test
    /// part and no test metrics, for the training of a model to ship. It is not used with <see cref="TestSpeakers"/>,
    /// <see cref="Fold"/> or <c>predefined</c>.
    /// </summary>
    public double Test { get; init; } = 0.2;

    /// <summary>Share of the training part that becomes the validation part, from 0 to below 1; 0: no validation part.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>
    /// What the training and the validation part do not share. <c>auto</c>: as <see cref="By"/> if the rest still trains every emotion,
    /// else by text, else at random.
    /// </summary>
    public ValidationBy ValidationBy { get; init; } = ValidationBy.Auto;

    /// <summary>
    /// Speakers of the test part, with <c>By = speaker</c>: <c>tess/OAF</c>, or <c>OAF</c> if no other corpus has a speaker of this name;
    /// empty: drawn at random.
    /// </summary>
    public IReadOnlyList<string> TestSpeakers { get; init; } = [];

    /// <summary>Names of the corpora of the test part, with <c>By = corpus</c>: <c>["emovo"]</c>; the others train.</summary>
    public IReadOnlyList<string> TestCorpora { get; init; } = [];

    /// <summary>
    /// Speakers of the validation part, named as in <see cref="TestSpeakers"/>; empty: the part is drawn at random.
    /// </summary>
    public IReadOnlyList<string> ValidationSpeakers { get; init; } = [];

    /// <summary>
    /// Number of folds of a cross-validation, 2 to 10000; each is the test part once. With <c>By = speaker</c> it is at most the number
    /// of speakers, and 0 is one fold per speaker. With <c>By = corpus</c> there is one fold per corpus, whatever the number.
    /// </summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Speakers of each fold, joined by <c>+</c>, with <c>By = speaker</c>: <c>["01+02", "03+04"]</c>. They are named as in
    /// <see cref="TestSpeakers"/>. Each speaker is in exactly one fold; empty: drawn at random.
    /// </summary>
    public IReadOnlyList<string> FoldSpeakers { get; init; } = [];

    /// <summary>
    /// Fold that is the test part, from 1; 0: no folds, the test part is that of <see cref="Test"/> or <see cref="TestSpeakers"/>. The
    /// command <c>crossval</c> sets it for each of its runs.
    /// </summary>
    public int Fold { get; init; }

    /// <summary>The speakers in one entry of <see cref="FoldSpeakers"/>.</summary>
    internal static string[] ParseSpeakers(string fold) =>
        fold.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What the training and the test part do not share.</summary>
public enum SplitBy
{
    /// <summary>Recordings only: utterances are drawn at random, stratified by emotion. All speakers can be in both parts.</summary>
    Random,
    /// <summary>Speakers: the test part contains unseen speakers only.</summary>
    Speaker,
    /// <summary>Texts: the test part contains unseen texts only. All speakers can be in both parts.</summary>
    Text,
    /// <summary>
    /// Corpora: the test part is of corpora that were not in training. Labels that only they have are left out of the metrics.
    /// </summary>
    Corpus,
    /// <summary>The corpus names the part of each utterance.</summary>
    Predefined,
}

/// <summary>What the training and the validation part do not share.</summary>
public enum ValidationBy
{
    /// <summary>As the test part if the rest still trains every emotion, else by text, else at random.</summary>
    Auto,
    /// <summary>Recordings only: utterances are drawn at random, stratified by emotion.</summary>
    Random,
    /// <summary>Speakers.</summary>
    Speaker,
    /// <summary>Texts.</summary>
    Text,
}
