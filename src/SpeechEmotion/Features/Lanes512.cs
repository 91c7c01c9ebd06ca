using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>16 frames per 512-bit vector.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : ILanes<Lanes512>
{
    // Bits of √½. They are subtracted before the exponent is extracted, so that the mantissa is centred around 1.
    private const int RootHalfBits = 0x3F3504F3;

    private readonly Vector512<float> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 All(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 a, Lanes512 b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 a, Lanes512 b) => new(Vector512.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 a, Lanes512 b) => new(Vector512.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 value) => new(Vector512.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 OneBelow(Lanes512 value, Lanes512 limit) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(value.value, limit.value), Vector512<float>.One, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Peaks(Lanes512 below, Lanes512 here, Lanes512 above, Lanes512 limit) =>
        (uint)(Vector512.GreaterThan(here.value, Vector512.MaxNative(limit.value, below.value))
            & Vector512.GreaterThanOrEqual(here.value, above.value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Lanes512 value, out Lanes512 exponent, out Lanes512 mantissa)
    {
        Vector512<int> shifted = value.value.AsInt32() - Vector512.Create(RootHalfBits);
        exponent = new(Vector512.ConvertToSingle(shifted >> 23));
        mantissa = new(((shifted & Vector512.Create(0x007FFFFF)) + Vector512.Create(RootHalfBits)).AsSingle());
    }
}
