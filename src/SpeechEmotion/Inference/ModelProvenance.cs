namespace SpeechEmotion.Inference;

/// <summary>What a checkpoint says about its making, for people; nothing is computed from it.</summary>
public sealed record ModelProvenance
{
    /// <summary>Corpus in a few words: <c>tess: 2,800 utterances, 2 speakers</c>.</summary>
    public string Corpus { get; init; } = "";

    /// <summary>How training and test part were kept apart, in plain words.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Utterances that trained.</summary>
    public int TrainingUtterances { get; init; }

    /// <summary>Speakers that trained.</summary>
    public IReadOnlyList<string> TrainingSpeakers { get; init; } = [];

    /// <summary>Epoch whose weights these are, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Figures on the validation part at that epoch, by name (loss, accuracy, uar); shares from 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = new Dictionary<string, double>();

    /// <summary>Version of the program that wrote the checkpoint.</summary>
    public string Version { get; init; } = "";
}
