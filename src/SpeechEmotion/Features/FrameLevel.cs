using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>Root-mean-square level of centred frames, with samples outside the signal 0 (<c>librosa.feature.rms</c>).</summary>
internal sealed unsafe class FrameLevel
{
    private readonly int[] offsets;

    /// <param name="length">Frame length in samples, a multiple of four.</param>
    /// <param name="columns">Layout of the signal.</param>
    public FrameLevel(int length, FrameColumns columns)
    {
        offsets = new int[length];
        for (int i = 0; i < length; i++)
            offsets[i] = columns.Offset(length, i);
    }

    /// <summary>Computes the level of as many frames as there are lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<T>(float* table, float* level) where T : unmanaged, ILanes<T>
    {
        T a = T.All(0), b = a, c = a, d = a;
        fixed (int* positions = offsets)
        {
            for (int i = 0; i < offsets.Length; i += 4)
            {
                T va = T.Load(table + positions[i]), vb = T.Load(table + positions[i + 1]);
                T vc = T.Load(table + positions[i + 2]), vd = T.Load(table + positions[i + 3]);
                a = T.MultiplyAdd(va, va, a);
                b = T.MultiplyAdd(vb, vb, b);
                c = T.MultiplyAdd(vc, vc, c);
                d = T.MultiplyAdd(vd, vd, d);
            }
        }
        T.Sqrt(((a + b) + (c + d)) / T.All(offsets.Length)).Store(level);
    }
}
