using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>8 frames per 256-bit vector.</summary>
internal readonly unsafe struct Lanes256(Vector256<float> value) : ILanes<Lanes256>
{
    // Bits of √½. They are subtracted before the exponent is extracted, so that the mantissa is centred around 1.
    private const int RootHalfBits = 0x3F3504F3;

    private readonly Vector256<float> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 All(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator /(Lanes256 a, Lanes256 b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 MultiplyAdd(Lanes256 a, Lanes256 b, Lanes256 c) => new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Max(Lanes256 a, Lanes256 b) => new(Vector256.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Min(Lanes256 a, Lanes256 b) => new(Vector256.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Sqrt(Lanes256 value) => new(Vector256.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 OneBelow(Lanes256 value, Lanes256 limit) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(value.value, limit.value), Vector256<float>.One, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Peaks(Lanes256 below, Lanes256 here, Lanes256 above, Lanes256 limit) =>
        (uint)(Vector256.GreaterThan(here.value, Vector256.MaxNative(limit.value, below.value))
            & Vector256.GreaterThanOrEqual(here.value, above.value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Lanes256 value, out Lanes256 exponent, out Lanes256 mantissa)
    {
        Vector256<int> shifted = value.value.AsInt32() - Vector256.Create(RootHalfBits);
        exponent = new(Vector256.ConvertToSingle(shifted >> 23));
        mantissa = new(((shifted & Vector256.Create(0x007FFFFF)) + Vector256.Create(RootHalfBits)).AsSingle());
    }
}
