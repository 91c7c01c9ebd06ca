using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>What a training is given. The test part is not in it.</summary>
/// <param name="Training">Clips whose labels and statistics may be learned from, at least two.</param>
/// <param name="Validation">Clips that choose the best epoch; may be empty.</param>
/// <param name="Labels">The emotions, in the order of the logits.</param>
/// <param name="Normaliser">Fitted on the training clips alone.</param>
/// <param name="Provenance">What the checkpoints say about their making.</param>
internal sealed record TrainingData(
    IReadOnlyList<LabelledClip> Training,
    IReadOnlyList<LabelledClip> Validation,
    IReadOnlyList<string> Labels,
    FeatureNormaliser Normaliser,
    ModelProvenance Provenance);
