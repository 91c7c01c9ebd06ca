using SpeechEmotion.Adaptation;

namespace SpeechEmotion.Inference;

/// <summary>
/// The network of a model as inference sees it: normalised clips → logits of each ensemble member and the embedding before the
/// last layer. Each library that runs networks implements it once.
/// </summary>
public interface IEmotionNetwork : IDisposable
{
    /// <summary>Number of trained values.</summary>
    long ParameterCount { get; }

    /// <summary>Runs clips, several at once where that is faster. Several threads may call it. A clip's output does not depend on the other clips, to 1e-5.</summary>
    /// <param name="clips">Normalised features and statistics.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <returns>The output of each clip, in order.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    IReadOnlyList<NetworkOutput> Run(IReadOnlyList<NormalisedClip> clips, CancellationToken cancellation = default);
}

/// <summary>Output of a network for one clip.</summary>
/// <param name="Logits">Logits of each ensemble member in turn: [members · emotions].</param>
/// <param name="Embedding">The vector before the last layer of each member in turn: [members · width].</param>
public sealed record NetworkOutput(float[] Logits, float[] Embedding);
