using SpeechEmotion.Inference;

using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>Copies the parameters and buffers of modules, and single tensors, to <see cref="StoredTensor"/>s and back.</summary>
internal static class StateDict
{
    /// <summary>A copy of all parameters and buffers of a module, by name.</summary>
    public static Dictionary<string, StoredTensor> From(nn.Module module)
    {
        using var scope = NewDisposeScope();
        return module.state_dict().ToDictionary(pair => pair.Key, pair => From(pair.Value));
    }

    /// <summary>A copy of one float32 tensor.</summary>
    /// <exception cref="NotSupportedException">The tensor is of another type.</exception>
    public static StoredTensor From(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        Tensor flat = tensor.detach().cpu().contiguous();
        if (flat.dtype != ScalarType.Float32)
            throw new NotSupportedException($"tensors of type {flat.dtype} are not stored");
        return new StoredTensor("F32", flat.shape, flat.bytes.ToArray());
    }

    /// <summary>
    /// Overwrites all parameters and buffers of a module. All tensors are checked before the first is written, so that a state that does
    /// not fit leaves the module unchanged.
    /// </summary>
    /// <exception cref="InvalidDataException">A tensor is missing, unknown, or of another type or shape; the message names it.</exception>
    public static void CopyInto(nn.Module module, IReadOnlyDictionary<string, StoredTensor> state)
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> own = module.state_dict();
        foreach ((string name, Tensor tensor) in own)
        {
            if (!state.TryGetValue(name, out StoredTensor? stored))
                throw new InvalidDataException($"tensor {name} is missing");
            if (stored.Type != "F32")
                throw new InvalidDataException($"tensor {name} is {stored.Type}, the model's is F32");
            if (!stored.Shape.AsSpan().SequenceEqual(tensor.shape))
                throw new InvalidDataException(
                    $"tensor {name} has shape {stored.ShapeText}, the model's has [{string.Join(", ", tensor.shape)}]");
        }
        foreach (string name in state.Keys)
            if (!own.ContainsKey(name))
                throw new InvalidDataException($"tensor {name} is not part of the model");
        foreach ((string name, Tensor tensor) in own)
            CopyInto(tensor, state[name]);
    }

    /// <summary>Overwrites the values of one float32 tensor of the same shape.</summary>
    public static void CopyInto(Tensor tensor, StoredTensor stored)
    {
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            Tensor values = empty(stored.Shape, ScalarType.Float32);
            stored.Data.CopyTo(values.bytes);
            tensor.copy_(values);
        }
    }
}
