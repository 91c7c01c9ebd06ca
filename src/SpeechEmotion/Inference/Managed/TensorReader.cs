using System.Runtime.InteropServices;

namespace SpeechEmotion.Inference.Managed;

/// <summary>The weights of one layer of a checkpoint, by their names below a prefix.</summary>
internal sealed class TensorReader(IReadOnlyDictionary<string, StoredTensor> weights, string prefix)
{
    /// <summary>The tensors below a name.</summary>
    public TensorReader this[string name] => new(weights, $"{prefix}{name}.");

    /// <summary>The values of a tensor, row-major.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing, is not F32, or has another length.</exception>
    public float[] Floats(string name, long length)
    {
        string path = prefix + name;
        if (!weights.TryGetValue(path, out StoredTensor? tensor))
            throw new InvalidDataException($"tensor {path} is missing");
        if (tensor.Type != "F32")
            throw new InvalidDataException($"tensor {path} is {tensor.Type}, the model's is F32");
        if (tensor.Count != length)
            throw new InvalidDataException($"tensor {path} has shape {tensor.ShapeText}, the model's has {length} values");
        return MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();
    }
}
