using SpeechEmotion.Adaptation;
using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>The input of a training, without the test part.</summary>
/// <param name="Training">The training part, at least two clips.</param>
/// <param name="Validation">The validation part, which selects the best epoch; may be empty.</param>
/// <param name="Labels">The emotions, in the order of the logits.</param>
/// <param name="Normaliser">Fitted on the training part alone.</param>
/// <param name="Provenance">The provenance that is stored in the checkpoints.</param>
internal sealed record TrainingData(
    IReadOnlyList<LabelledClip> Training,
    IReadOnlyList<LabelledClip> Validation,
    IReadOnlyList<string> Labels,
    FeatureNormaliser Normaliser,
    ModelProvenance Provenance);
