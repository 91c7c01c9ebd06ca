using SpeechEmotion.Adaptation;
using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Inference;

/// <summary>The one way from normalised features to probabilities, for validation, evaluation, files and live streams.</summary>
internal static class NetworkReader
{
    /// <summary>Clips a batch; more brings nothing on a CPU.</summary>
    private const int BatchSize = 64;

    /// <summary>Probabilities of each clip: see <see cref="Read"/>.</summary>
    public static float[][] Probabilities(
        EmotionNetwork network, IReadOnlyList<NormalisedClip> clips, double temperature = 1, Device? device = null, CancellationToken cancellation = default) =>
        [.. Read(network, clips, temperature, device, cancellation).Select(read => read.Probabilities)];

    /// <summary>Probabilities of each clip, in label order, and the logits of every member in turn before anything was taken from them. The network must be in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="clips">Normalised features; clips of like length are read together, so that little padding is computed.</param>
    /// <param name="temperature">What calibrates the probabilities.</param>
    /// <param name="device">Where the network is; null: the CPU.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static (float[] Probabilities, float[] Logits)[] Read(
        EmotionNetwork network, IReadOnlyList<NormalisedClip> clips, double temperature = 1, Device? device = null, CancellationToken cancellation = default)
    {
        using var noGradient = no_grad();
        var read = new (float[], float[])[clips.Count];
        foreach (int[] members in Enumerable.Range(0, clips.Count).OrderBy(i => clips[i].Frames.Frames).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using PaddedBatch batch = PaddedBatch.From([.. members.Select(i => clips[i])]);
            (Tensor x, Tensor mask, Tensor statistics) = batch.ToTensors(device);
            Tensor logits = network.Classify(network.Embed(x, mask, statistics));              // [members, batch, emotions]
            float[] said = Copied(logits.transpose(0, 1)), decided = Copied(EmotionNetwork.Combine(Relative(logits, [.. members.Select(i => clips[i].LogitOffset)], device)));
            int width = said.Length / members.Length, emotions = decided.Length / members.Length;
            for (int i = 0; i < members.Length; i++)
                read[members[i]] = (Softmax(decided.AsSpan(i * emotions, emotions), temperature), said[(i * width)..((i + 1) * width)]);
        }
        return read;
    }

    private static Tensor Relative(Tensor logits, float[][] usual, Device? device)
    {
        if (usual.All(each => each.Length == 0))
            return logits;
        int width = usual.Max(each => each.Length);
        float[] taken = [.. usual.SelectMany(each => each.Length > 0 ? each : new float[width])];
        long[] shape = logits.shape;
        return logits.Minus(PaddedBatch.ToTensor(taken, [shape[1], shape[0], shape[2]], device).transpose(0, 1));
    }

    private static float[] Copied(Tensor tensor) => tensor.contiguous().cpu().data<float>().ToArray();

    private static float[] Softmax(ReadOnlySpan<float> logits, double temperature)
    {
        float[] probabilities = new float[logits.Length];
        double largest = double.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
            largest = Math.Max(largest, logit);
        foreach (float logit in logits)
            sum += Math.Exp((logit - largest) / temperature);
        for (int i = 0; i < logits.Length; i++)
            probabilities[i] = (float)(Math.Exp((logits[i] - largest) / temperature) / sum);
        return probabilities;
    }
}
