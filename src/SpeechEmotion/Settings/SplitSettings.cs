namespace SpeechEmotion.Settings;

/// <summary>Which utterances train, validate and test. Duplicates never stand on two sides.</summary>
public sealed record SplitSettings
{
    /// <summary>What is kept apart between training and test.</summary>
    public SplitBy By { get; init; } = SplitBy.Random;

    /// <summary>Share of the utterances (or of speakers, or of texts) that tests, from 0 to below 1; 0, only at random, trains on everything and gives no figures: for a model to ship. Not used with <see cref="TestSpeakers"/> or <c>predefined</c>.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>Share of the training part that is set aside for validation, 0 to 1 exclusive; 0 trains without.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>What is kept apart between training and validation; <c>auto</c>: as <see cref="By"/> where that leaves training something, else by text, else at random.</summary>
    public ValidationBy ValidationBy { get; init; } = ValidationBy.Auto;

    /// <summary>The speakers that test, for <c>speaker</c>; empty: drawn.</summary>
    public IReadOnlyList<string> TestSpeakers { get; init; } = [];

    /// <summary>The speakers that validate, for <c>speaker</c>; empty: drawn.</summary>
    public IReadOnlyList<string> ValidationSpeakers { get; init; } = [];

    /// <summary>Number of folds of a cross-validation, each of which tests once; for <c>speaker</c> at most as many as there are speakers, and 0: one fold for each of them. <see cref="Test"/> is not used then.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The speakers of each fold, joined by <c>+</c>, for <c>speaker</c>: <c>["01+02", "03+04"]</c>, every speaker once; empty: drawn.</summary>
    public IReadOnlyList<string> FoldSpeakers { get; init; } = [];

    /// <summary>The fold that tests, from 1; 0: no fold, but a test part of its own. <c>crossval</c> sets it for each of its runs.</summary>
    public int Fold { get; init; }

    /// <summary>The names in one entry of <see cref="FoldSpeakers"/>.</summary>
    internal static string[] ParseSpeakers(string fold) => fold.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What is kept apart between training and test.</summary>
public enum SplitBy
{
    /// <summary>Utterances at random, each emotion in its proportion. The speakers stand on both sides.</summary>
    Random,
    /// <summary>Speakers: the test voices were never heard.</summary>
    Speaker,
    /// <summary>Texts: the test words were never heard, the voices were.</summary>
    Text,
    /// <summary>The part that the corpus itself names for each utterance.</summary>
    Predefined,
}

/// <summary>What is kept apart between training and validation.</summary>
public enum ValidationBy
{
    /// <summary>As the test part where that leaves training something, else by text, else at random.</summary>
    Auto,
    /// <summary>Utterances at random.</summary>
    Random,
    /// <summary>Speakers.</summary>
    Speaker,
    /// <summary>Texts.</summary>
    Text,
}
