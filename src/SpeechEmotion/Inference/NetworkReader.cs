using SpeechEmotion.Features;
using SpeechEmotion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Inference;

/// <summary>The one way from normalised features to probabilities, for validation, evaluation, files and live streams.</summary>
internal static class NetworkReader
{
    /// <summary>Clips a batch; more brings nothing on a CPU.</summary>
    private const int BatchSize = 64;

    /// <summary>Probabilities of each clip, in label order. The network must be in evaluation mode.</summary>
    /// <param name="network">The network.</param>
    /// <param name="clips">Normalised features; clips of like length are read together, so that little padding is computed.</param>
    /// <param name="temperature">What calibrates the probabilities.</param>
    /// <param name="device">Where the network is; null: the CPU.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static float[][] Probabilities(
        EmotionNetwork network, IReadOnlyList<NormalisedClip> clips, double temperature = 1, Device? device = null, CancellationToken cancellation = default)
    {
        using var noGradient = no_grad();
        float[][] probabilities = new float[clips.Count][];
        foreach (int[] members in Enumerable.Range(0, clips.Count).OrderBy(i => clips[i].Frames.Frames).Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using PaddedBatch batch = PaddedBatch.Of([.. members.Select(i => clips[i])]);
            (Tensor x, Tensor mask, Tensor statistics) = batch.ToTensors(device);
            float[] logits = network.call(x, mask, statistics).cpu().data<float>().ToArray();   // [batch, emotions]
            int emotions = logits.Length / members.Length;
            for (int i = 0; i < members.Length; i++)
                probabilities[members[i]] = Softmax(logits.AsSpan(i * emotions, emotions), temperature);
        }
        return probabilities;
    }

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
