using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpeechEmotion.Features;

/// <summary>Transposes rows of samples to columns, eight at a time.</summary>
internal static unsafe class Transposition
{
    /// <summary>Number of rows read together, which is the number of columns written.</summary>
    public const int Columns = 8;

    /// <summary>
    /// Transposes eight consecutive rows of <paramref name="length"/> floats to <paramref name="length"/> rows of eight floats, at
    /// distances of <paramref name="stride"/> floats.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* source, int length, float* target, int stride)
    {
        int done = 0;
        if (Avx.IsSupported)
            for (; done <= length - Columns; done += Columns)
                Square(source + done, length, target + done * stride, stride);
        for (; done < length; done++)
            for (int column = 0; column < Columns; column++)
                target[done * stride + column] = source[column * length + done];
    }

    // An 8×8 block. Rows 0–3 are in the lower and rows 4–7 in the upper half of a register, so that no step crosses the halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(float* source, int length, float* target, int stride)
    {
        Four(source, length, target, stride);
        Four(source + 4, length, target + 4 * stride, stride);
    }

    // Four columns of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* source, int length, float* target, int stride)
    {
        Vector256<float> a = Rows(source, length), b = Rows(source + length, length);
        Vector256<float> c = Rows(source + 2 * length, length), d = Rows(source + 3 * length, length);
        Vector256<float> abLow = Avx.UnpackLow(a, b), abHigh = Avx.UnpackHigh(a, b);
        Vector256<float> cdLow = Avx.UnpackLow(c, d), cdHigh = Avx.UnpackHigh(c, d);
        Avx.Shuffle(abLow, cdLow, 0x44).Store(target);
        Avx.Shuffle(abLow, cdLow, 0xEE).Store(target + stride);
        Avx.Shuffle(abHigh, cdHigh, 0x44).Store(target + 2 * stride);
        Avx.Shuffle(abHigh, cdHigh, 0xEE).Store(target + 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(float* source, int length) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + 4 * length));
}
