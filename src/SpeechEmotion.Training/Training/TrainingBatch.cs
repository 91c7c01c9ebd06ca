using SpeechEmotion.Models;

namespace SpeechEmotion.Training;

/// <summary>One step's input: clips, the probabilities that the network should give, and each clip's weight in the loss.</summary>
/// <param name="Clips">Augmented and normalised features.</param>
/// <param name="Labels">The true label of each clip: [batch].</param>
/// <param name="Speakers">Who speaks each clip: [batch].</param>
/// <param name="Targets">Smoothed, mixed targets, row-major: [batch, emotions].</param>
/// <param name="Weights">Weight of each clip in the loss: [batch].</param>
internal sealed record TrainingBatch(PaddedBatch Clips, int[] Labels, string[] Speakers, float[] Targets, float[] Weights) : IDisposable
{
    /// <summary>The share of each other clip's logits that is taken from a clip's own: [batch, batch]; empty: nothing is.</summary>
    public float[] LogitOffsetWeights { get; init; } = [];

    public void Dispose() => Clips.Dispose();
}
