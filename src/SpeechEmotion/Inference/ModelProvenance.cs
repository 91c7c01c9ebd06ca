namespace SpeechEmotion.Inference;

/// <summary>
/// Training data and protocol of a checkpoint: for display, and to recognise recordings and speakers that the model has been trained on.
/// </summary>
public sealed record ModelProvenance
{
    /// <summary>Corpus in a few words: <c>tess: 2,800 utterances, 2 speakers</c>.</summary>
    public string Corpus { get; init; } = "";

    /// <summary>How the training and the test part are separated, as text for display.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Number of utterances in the training part.</summary>
    public int TrainingUtterances { get; init; }

    /// <summary>Number of utterances in the validation part, which selected the epoch and the temperature.</summary>
    public int ValidationUtterances { get; init; }

    /// <summary>The speakers of the training and the validation part; empty in a checkpoint that does not record them.</summary>
    public IReadOnlyList<SpeakerDigest> Speakers { get; init; } = [];

    /// <summary>Epoch whose weights these are, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Metrics on the validation part at that epoch, by name (loss, accuracy, uar); rates from 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Validation { get; init; } = new Dictionary<string, double>();

    /// <summary>Version of the program that wrote the checkpoint.</summary>
    public string Version { get; init; } = "";
}
