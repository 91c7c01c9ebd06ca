namespace SpeechEmotion.Settings;

/// <summary>Everything that defines one run: same settings, corpus and machine give the same weights.</summary>
public sealed record RunSettings
{
    /// <summary>Name of the run; its folder is <c>runs/NAME</c> unless another is given.</summary>
    public string Name { get; init; } = "default";

    /// <summary>The one seed: split, weights, epoch order, dropout and augmentation each draw from a named sub-seed of it.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Which recordings, and what their labels are called.</summary>
    public CorpusSettings Corpus { get; init; } = new();

    /// <summary>Which utterances train, validate and test.</summary>
    public SplitSettings Split { get; init; } = new();

    /// <summary>What the network sees of a recording.</summary>
    public FeatureSettings Features { get; init; } = new();

    /// <summary>Random changes to training utterances, drawn anew each epoch.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>The network.</summary>
    public ModelSettings Model { get; init; } = new();

    /// <summary>How the network is trained.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>How long recordings and live streams are cut into windows.</summary>
    public LiveSettings Live { get; init; } = new();
}
