using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>Centre of gravity of the magnitude spectrum in Hz (<c>librosa.feature.spectral_centroid</c>); 0 for a silent frame.</summary>
internal static unsafe class SpectralCentroid
{
    private const float Tiny = 1.17549435e-38f; // librosa's limit below which a spectrum is not normalised

    /// <summary>[bins, lanes] of power → [lanes].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<T>(float* power, int bins, float hertzPerBin, float* centroid) where T : unmanaged, ILanes<T>
    {
        T sum = T.All(0), moment = T.All(0);
        for (int bin = 0; bin < bins; bin++, power += T.Count)
        {
            T magnitude = T.Sqrt(T.Load(power));
            sum += magnitude;
            moment = T.MultiplyAdd(magnitude, T.All(bin), moment);
        }
        (moment * T.All(hertzPerBin) / T.OneBelow(sum, T.All(Tiny))).Store(centroid);
    }
}
