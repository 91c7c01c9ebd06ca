using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>An <see cref="EmotionNetwork"/> on libtorch as inference sees it.</summary>
internal sealed class TorchNetwork : IEmotionNetwork
{
    /// <summary>Clips per batch; larger batches are no faster on a CPU.</summary>
    private const int BatchSize = 64;

    private readonly EmotionNetwork network;
    private readonly Device device;
    private readonly bool owns;

    /// <param name="network">The network, in evaluation mode, on <paramref name="device"/>.</param>
    /// <param name="device">Where the network is; null: the CPU.</param>
    /// <param name="owns">Whether the network is disposed with this object.</param>
    public TorchNetwork(EmotionNetwork network, Device? device = null, bool owns = false) =>
        (this.network, this.device, this.owns) = (network, device ?? CPU, owns);

    /// <inheritdoc/>
    public long ParameterCount => network.ParameterCount;

    /// <summary>The network of a checkpoint.</summary>
    /// <exception cref="InvalidDataException">A tensor does not fit the settings; the message names it.</exception>
    public static TorchNetwork Load(Checkpoint checkpoint, Device? device = null)
    {
        LibTorch.Load(CpuLevel.Native); // does nothing in a run, which has loaded it at its own level
        EmotionNetwork network = checkpoint.BuildNetwork();
        network.to(device ?? CPU);
        return new TorchNetwork(network, device, owns: true);
    }

    /// <inheritdoc/>
    /// <remarks>Clips of similar length share a batch, so that little padding is computed.</remarks>
    public IReadOnlyList<NetworkOutput> Run(IReadOnlyList<NormalisedClip> clips, CancellationToken cancellation = default)
    {
        using var noGradient = no_grad();
        var outputs = new NetworkOutput[clips.Count];
        foreach (int[] members in Enumerable.Range(0, clips.Count).OrderBy(i => clips[i].Frames.Frames).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using PaddedBatch batch = PaddedBatch.From([.. members.Select(i => clips[i])]);
            (Tensor x, Tensor mask, Tensor statistics) = batch.ToTensors(device);
            Tensor[] embedded = network.Embed(x, mask, statistics);                          // each [batch, width]
            float[] logits = Copy(network.Classify(embedded).transpose(0, 1));               // [batch, members, emotions]
            float[] embeddings = Copy(cat(embedded, 1));                                     // [batch, members · width]
            int width = logits.Length / members.Length, size = embeddings.Length / members.Length;
            for (int i = 0; i < members.Length; i++)
                outputs[members[i]] = new NetworkOutput(logits[(i * width)..((i + 1) * width)], embeddings[(i * size)..((i + 1) * size)]);
        }
        return outputs;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (owns)
            network.Dispose();
    }

    private static float[] Copy(Tensor tensor) => tensor.contiguous().cpu().data<float>().ToArray();
}
