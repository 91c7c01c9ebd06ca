using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>A pinned array of floats, initially 0, aligned to a cache line. It is valid as long as this object is referenced.</summary>
internal sealed unsafe class AlignedFloats
{
    private const int LineBytes = 64;

    private readonly float[] storage;

    public AlignedFloats(int length)
    {
        storage = GC.AllocateArray<float>(length + LineBytes / sizeof(float), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref storage[0]);
        Pointer = (float*)((address + (LineBytes - 1)) & ~(nuint)(LineBytes - 1));
        Length = length;
    }

    public float* Pointer { get; }

    public int Length { get; }

    public Span<float> Span => new(Pointer, Length);
}
