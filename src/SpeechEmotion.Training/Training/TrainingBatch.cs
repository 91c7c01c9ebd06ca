using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>The input of one training step: clips, their targets and their weights in the loss.</summary>
/// <param name="Clips">Augmented and normalised features.</param>
/// <param name="Labels">Index of the true label of each clip: [batch].</param>
/// <param name="Speakers">Name of the speaker of each clip, empty where unknown: [batch].</param>
/// <param name="Targets">
/// Target probabilities with label smoothing, each clip's multiplied by its weight in the loss, then mixed by mixup; row-major:
/// [batch, emotions].
/// </param>
internal sealed record TrainingBatch(PaddedBatch Clips, int[] Labels, string[] Speakers, float[] Targets) : IDisposable
{
    /// <summary>
    /// Share of each clip's own features and label; the rest is of the next clip of the batch, for the last clip of the first. 1 without
    /// mixup.
    /// </summary>
    public float Lambda { get; init; } = 1;

    /// <summary>
    /// Weights of the logits of the other clips in each clip's logit offset, row-major: [batch, batch]; empty: no logit centring.
    /// </summary>
    public float[] LogitOffsetWeights { get; init; } = [];

    /// <summary>
    /// 1 for each emotion that the corpus of a clip has, 0 for those that it lacks, which take no part in the clip's softmax; row-major:
    /// [batch, emotions]. Empty: every corpus has all.
    /// </summary>
    public float[] Classes { get; init; } = [];

    /// <summary>Returns the memory of the clips.</summary>
    public void Dispose() => Clips.Dispose();
}
