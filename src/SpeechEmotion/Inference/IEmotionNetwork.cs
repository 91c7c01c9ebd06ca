using SpeechEmotion.Adaptation;

namespace SpeechEmotion.Inference;

/// <summary>
/// The network of a model: normalised clips → logits of each ensemble member and the embedding before the last layer. Each library
/// that runs networks implements it once.
/// </summary>
public interface IEmotionNetwork : IDisposable
{
    /// <summary>Number of trainable parameters.</summary>
    long ParameterCount { get; }

    /// <summary>
    /// Runs clips, in batches where that is faster. Thread-safe. A clip's output does not depend on the other clips, to 1e-5.
    /// </summary>
    /// <param name="clips">Normalised features and statistics.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The output of each clip, in order.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    IReadOnlyList<NetworkOutput> Run(IReadOnlyList<NormalisedClip> clips, CancellationToken cancellation = default);
}

/// <summary>Output of a network for one clip.</summary>
/// <param name="Logits">Logits of each ensemble member in turn: [members · emotions].</param>
/// <param name="Embedding">The vector before the last layer of each member in turn: [members · width].</param>
public sealed record NetworkOutput(float[] Logits, float[] Embedding);
