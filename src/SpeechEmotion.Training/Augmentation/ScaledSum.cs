using System.Numerics;

namespace SpeechEmotion.Augmentation;

/// <summary>Addition of a scaled vector, with SIMD instructions.</summary>
internal static class ScaledSum
{
    /// <summary>target ← target + source · scale.</summary>
    public static void Add(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        int i = 0;
        for (; i <= source.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + (new Vector<float>(source[i..]) * scale)).CopyTo(target[i..]);
        for (; i < source.Length; i++)
            target[i] += source[i] * scale;
    }
}
