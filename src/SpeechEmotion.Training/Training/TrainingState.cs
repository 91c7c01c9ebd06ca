using System.Text.Json;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using static TorchSharp.torch;

namespace SpeechEmotion.Training;

/// <summary>
/// The state from which a training resumes after an epoch: weights, their exponential moving average, the optimizer's moments and the
/// history. Nothing else is needed: order, dropout and augmentation are functions of seed and epoch, the learning rate of the step.
/// </summary>
internal static class TrainingState
{
    private const string NetworkPrefix = "training.network.";
    private const string OptimizerPrefix = "training.adamw.";
    private const string HistoryKey = "training.history";

    /// <summary>Writes <c>last.safetensors</c>: a checkpoint of the averaged network with the rest of the state as extra tensors.</summary>
    public static void Save(string path, Checkpoint average, EmotionNetwork network, AdamW optimizer, History history)
    {
        var extra = new Dictionary<string, StoredTensor>();
        foreach ((string name, StoredTensor tensor) in StateDict.From(network))
            extra.Add(NetworkPrefix + name, tensor);
        foreach ((string name, Tensor tensor) in optimizer.State)
            extra.Add(OptimizerPrefix + name, StateDict.From(tensor));
        (average with
        {
            Extra = extra,
            Metadata = new Dictionary<string, string> { [HistoryKey] = JsonSerializer.Serialize(history.Rows) },
        }).Save(path);
    }

    /// <summary>Sets network, average, optimizer and history to the state that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">
    /// The file does not hold the state of this training; the message names file and fault.
    /// </exception>
    public static void Restore(
        string path, Checkpoint stored, EmotionNetwork network, EmotionNetwork average, AdamW optimizer, History history)
    {
        try
        {
            if (!stored.Metadata.TryGetValue(HistoryKey, out string? rows))
                throw new InvalidDataException($"holds a model, but no training to go on with ({RunFiles.Last} of a run folder does)");
            StateDict.CopyInto(network, stored.Extra.Where(pair => pair.Key.StartsWith(NetworkPrefix, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[NetworkPrefix.Length..], pair => pair.Value));
            StateDict.CopyInto(average, stored.Weights);
            foreach ((string name, Tensor tensor) in optimizer.State)
            {
                if (!stored.Extra.TryGetValue(OptimizerPrefix + name, out StoredTensor? moment)
                    || !moment.Shape.AsSpan().SequenceEqual(tensor.shape))
                    throw new InvalidDataException($"tensor {OptimizerPrefix}{name} is missing or of another shape");
                StateDict.CopyInto(tensor, moment);
            }
            foreach (HistoryRow row in JsonSerializer.Deserialize<HistoryRow[]>(rows) ?? [])
                history.Add(row);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }
}
