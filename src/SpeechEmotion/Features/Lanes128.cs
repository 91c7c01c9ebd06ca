using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Features;

/// <summary>4 frames per 128-bit vector.</summary>
internal readonly unsafe struct Lanes128(Vector128<float> value) : ILanes<Lanes128>
{
    // Bits of √½. They are subtracted before the exponent is extracted, so that the mantissa is centred around 1.
    private const int RootHalfBits = 0x3F3504F3;

    private readonly Vector128<float> value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 All(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator /(Lanes128 a, Lanes128 b) => new(a.value / b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 MultiplyAdd(Lanes128 a, Lanes128 b, Lanes128 c) => new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Max(Lanes128 a, Lanes128 b) => new(Vector128.MaxNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Min(Lanes128 a, Lanes128 b) => new(Vector128.MinNative(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Sqrt(Lanes128 value) => new(Vector128.Sqrt(value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 OneBelow(Lanes128 value, Lanes128 limit) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(value.value, limit.value), Vector128<float>.One, value.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Peaks(Lanes128 below, Lanes128 here, Lanes128 above, Lanes128 limit) =>
        (uint)(Vector128.GreaterThan(here.value, Vector128.MaxNative(limit.value, below.value))
            & Vector128.GreaterThanOrEqual(here.value, above.value)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(Lanes128 value, out Lanes128 exponent, out Lanes128 mantissa)
    {
        Vector128<int> shifted = value.value.AsInt32() - Vector128.Create(RootHalfBits);
        exponent = new(Vector128.ConvertToSingle(shifted >> 23));
        mantissa = new(((shifted & Vector128.Create(0x007FFFFF)) + Vector128.Create(RootHalfBits)).AsSingle());
    }
}
