using System.Runtime.CompilerServices;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Features;

/// <summary>Power in decibels: 10·log₁₀ of the power, which is raised to at least 1e-10 (<c>librosa.power_to_db</c>, ref 1).</summary>
internal static unsafe class Decibels
{
    /// <summary>Smallest power that is told apart.</summary>
    public const float Smallest = 1e-10f;

    private const float PerOctave = 3.01029995663981f;     // 10·log₁₀ 2
    private const float TwicePerNeper = 8.68588963806504f; // 20·log₁₀ e

    /// <summary>
    /// Power that is added in every mel band: that of white noise at <see cref="FeatureSettings.FloorDb"/>, whose density is the same
    /// everywhere, as mel filters have unit area per Hz; 0 without a floor.
    /// </summary>
    public static float FloorPower(FeatureSettings settings)
    {
        if (settings.FloorDb == 0)
            return 0;
        double window = HannWindow.Centred(settings.FrameLength, settings.FftLength).Sum(weight => (double)weight * weight);
        return (float)(Math.Pow(10, settings.FloorDb / 10) * window * settings.FftLength / settings.SampleRate);
    }

    /// <summary>Replaces powers [rows, lanes], after <paramref name="floor"/> is added, by decibels, with an error below 1e-5 dB.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromPower<T>(float* values, int rows, float floor = 0) where T : unmanaged, ILanes<T>
    {
        T added = T.All(floor), smallest = T.All(Smallest);
        T one = T.All(1), two = T.All(2), octave = T.All(PerOctave), neper = T.All(TwicePerNeper);
        T c3 = T.All(1f / 3), c5 = T.All(1f / 5), c7 = T.All(1f / 7), c9 = T.All(1f / 9);
        for (int row = 0; row < rows; row++, values += T.Count)
        {
            T.Split(T.Max(T.Load(values) + added, smallest), out T exponent, out T mantissa);
            // ln m = 2·artanh((m−1)/(m+1)) = 2s(1 + s²/3 + s⁴/5 + …); |s| ≤ 0.172, so five terms leave 2e-9.
            T f = mantissa - one;
            T s = f / (f + two);
            T square = s * s;
            T series = T.MultiplyAdd(square, T.MultiplyAdd(square, T.MultiplyAdd(square, T.MultiplyAdd(square, c9, c7), c5), c3), one);
            T.MultiplyAdd(exponent, octave, s * neper * series).Store(values);
        }
    }
}
