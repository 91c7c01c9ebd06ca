using System.Buffers;
using System.Runtime.InteropServices;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Models;

/// <summary>A batch of clips of different lengths: values [batch, features, frames] with zero padding after the end of each clip.</summary>
/// <remarks>It is plain memory, so that a thread other than the model's can fill it. Tensors are created from it in one copy.</remarks>
internal sealed class PaddedBatch : IDisposable
{
    private float[] values;

    /// <param name="count">Number of clips.</param>
    /// <param name="features">Features of each clip.</param>
    /// <param name="frames">Frames of the longest clip.</param>
    /// <param name="statistics">Number of utterance statistics of each clip.</param>
    public PaddedBatch(int count, int features, int frames, int statistics)
    {
        (Count, Features, Frames) = (count, features, frames);
        Lengths = new int[count];
        values = ArrayPool<float>.Shared.Rent(count * features * frames);
        Statistics = new float[count * statistics];
    }

    /// <summary>Number of clips.</summary>
    public int Count { get; }

    /// <summary>Features of each clip.</summary>
    public int Features { get; }

    /// <summary>Frames of the longest clip.</summary>
    public int Frames { get; }

    /// <summary>Normalised utterance statistics, row-major: [clips, statistics].</summary>
    public float[] Statistics { get; }

    /// <summary>Frames of each clip without padding.</summary>
    public int[] Lengths { get; }

    /// <summary>A batch of clips, at least one.</summary>
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

    /// <summary>Copies the features of a clip into the batch and clears the padding after them.</summary>
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

    /// <summary>
    /// Features [batch, features, frames], mask [batch, 1, frames] and utterance statistics [batch, statistics] on
    /// <paramref name="device"/>, in the caller's dispose scope.
    /// </summary>
    public (Tensor Features, Tensor Mask, Tensor Statistics) ToTensors(Device? device = null)
    {
        float[] ones = new float[Count * Frames];
        for (int i = 0; i < Count; i++)
            ones.AsSpan(i * Frames, Lengths[i]).Fill(1);
        return (
            ToTensor(values.AsSpan(0, Count * Features * Frames), [Count, Features, Frames], device),
            ToTensor(ones, [Count, 1, Frames], device),
            ToTensor(Statistics, [Count, Statistics.Length / Count], device));
    }

    /// <summary>Copies values into a new float32 tensor.</summary>
    public static Tensor ToTensor(ReadOnlySpan<float> values, long[] shape, Device? device = null)
    {
        Tensor tensor = empty(shape, ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(tensor.bytes);
        return device is null || device.type == DeviceType.CPU ? tensor : tensor.to(device);
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(values);
        values = [];
    }
}
