namespace SpeechEmotion.Settings;

/// <summary>
/// All settings of a run. The same settings and corpus give the same weights: with <see cref="CpuLevel.Avx2"/> on x64 processors that have
/// it, otherwise on the same machine.
/// </summary>
public sealed record RunSettings
{
    /// <summary>Name of the run. Its folder is <c>runs/NAME</c> by default.</summary>
    public string Name { get; init; } = "default";

    /// <summary>
    /// Seed of all randomness: split, initial weights, epoch order, dropout and augmentation each use a named sub-seed of it.
    /// </summary>
    public int Seed { get; init; } = 1;

    /// <summary>Recordings and their labels.</summary>
    public CorpusSettings Corpus { get; init; } = new();

    /// <summary>Split of the corpus into training, validation and test part.</summary>
    public SplitSettings Split { get; init; } = new();

    /// <summary>Features of each frame and their normalisation.</summary>
    public FeatureSettings Features { get; init; } = new();

    /// <summary>Random changes to training utterances, drawn anew in each epoch.</summary>
    public AugmentationSettings Augmentation { get; init; } = new();

    /// <summary>Kind and sizes of the network.</summary>
    public ModelSettings Model { get; init; } = new();

    /// <summary>Optimisation and calibration of the network.</summary>
    public TrainingSettings Training { get; init; } = new();

    /// <summary>Segmentation of recordings and live streams into utterances and windows.</summary>
    public LiveSettings Live { get; init; } = new();
}
