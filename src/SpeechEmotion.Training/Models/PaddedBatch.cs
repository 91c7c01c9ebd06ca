using System.Buffers;
using System.Runtime.InteropServices;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>Clips of different lengths side by side: values [batch, features, frames] with zeros after each clip's end, and its length.</summary>
/// <remarks>Plain memory, so that another thread than the model's can fill it; tensors are made from it in one copy.</remarks>
internal sealed class PaddedBatch : IDisposable
{
    private float[] values;

    /// <param name="count">Clips.</param>
    /// <param name="features">Rows of each clip.</param>
    /// <param name="frames">Frames of the longest clip.</param>
    /// <param name="statistics">Statistics of each clip.</param>
    public PaddedBatch(int count, int features, int frames, int statistics)
    {
        (Count, Features, Frames) = (count, features, frames);
        Lengths = new int[count];
        values = ArrayPool<float>.Shared.Rent(count * features * frames);
        Statistics = new float[count * statistics];
    }

    public int Count { get; }

    public int Features { get; }

    public int Frames { get; }

    /// <summary>Statistics of each clip over its whole length: [clips, statistics].</summary>
    public float[] Statistics { get; }

    /// <summary>Frames of each clip.</summary>
    public int[] Lengths { get; }

    /// <summary>All clips of a list.</summary>
    public static PaddedBatch From(IReadOnlyList<NormalisedClip> clips)
    {
        int statistics = clips[0].Statistics.Length;
        var batch = new PaddedBatch(clips.Count, clips[0].Frames.Features, clips.Max(clip => clip.Frames.Frames), statistics);
        for (int i = 0; i < clips.Count; i++)
        {
            batch.Fill(i, clips[i].Frames);
            clips[i].Statistics.CopyTo(batch.Statistics.AsSpan(i * statistics));
        }
        return batch;
    }

    /// <summary>One feature of one clip over all frames, padding included.</summary>
    public Span<float> Row(int clip, int feature) => values.AsSpan(((clip * Features) + feature) * Frames, Frames);

    /// <summary>Copies a clip to its place and clears the padding behind it.</summary>
    public void Fill(int clip, FeatureMatrix features)
    {
        Lengths[clip] = features.Frames;
        for (int row = 0; row < Features; row++)
        {
            Span<float> target = Row(clip, row);
            features.Row(row).CopyTo(target);
            target[features.Frames..].Clear();
        }
    }

    /// <summary>Features [batch, features, frames], mask [batch, 1, frames] and statistics [batch, statistics], on <paramref name="device"/>, in the caller's dispose scope.</summary>
    public (Tensor Features, Tensor Mask, Tensor Statistics) ToTensors(Device? device = null)
    {
        float[] ones = new float[Count * Frames];
        for (int i = 0; i < Count; i++)
            ones.AsSpan(i * Frames, Lengths[i]).Fill(1);
        return (ToTensor(values.AsSpan(0, Count * Features * Frames), [Count, Features, Frames], device), ToTensor(ones, [Count, 1, Frames], device),
            ToTensor(Statistics, [Count, Statistics.Length / Count], device));
    }

    /// <summary>Copies values into a new float32 tensor.</summary>
    public static Tensor ToTensor(ReadOnlySpan<float> values, long[] shape, Device? device = null)
    {
        Tensor tensor = empty(shape, ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device);
    }

    /// <summary>Gives the memory back for the next batch.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(values);
        values = [];
    }
}
