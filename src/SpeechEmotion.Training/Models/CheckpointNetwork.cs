using SpeechEmotion.Inference;

namespace SpeechEmotion.Models;

/// <summary>Builds the trainable network of a checkpoint.</summary>
internal static class CheckpointNetwork
{
    /// <summary>The network with the stored weights, in evaluation mode, on the CPU.</summary>
    /// <exception cref="InvalidDataException">A tensor does not fit the settings; the message names it.</exception>
    public static EmotionNetwork BuildNetwork(this Checkpoint checkpoint)
    {
        checkpoint.CheckWeights();
        var network = new EmotionNetwork(
            checkpoint.Settings.Model, NetworkSizes.FromSettings(checkpoint.Settings, checkpoint.Labels.Count));
        try
        {
            checkpoint.Named(() => StateDict.CopyInto(network, checkpoint.Weights));
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
