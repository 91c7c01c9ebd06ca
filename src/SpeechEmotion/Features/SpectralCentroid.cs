using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Spectral centroid: the mean frequency in Hz, weighted by the magnitude spectrum (<c>librosa.feature.spectral_centroid</c>); 0 for a
/// silent frame.
/// </summary>
internal static unsafe class SpectralCentroid
{
    private const float Tiny = 1.17549435e-38f; // smallest normal float; librosa does not normalise a spectrum whose sum is below it

    /// <summary>Power [bins, lanes] → centroid [lanes].</summary>
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
