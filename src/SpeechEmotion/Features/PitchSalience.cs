using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpeechEmotion.Features;

/// <summary>
/// Salience of each candidate of the fundamental frequency in a frame: the autocorrelation at the lag of one period, from 50 to 1,500 Hz
/// and relative to lag 0. It is computed from the magnitude spectrum instead of the power spectrum (generalised autocorrelation,
/// Tolonen and Karjalainen 2000), so that a strong formant does not mask the other harmonics.
/// </summary>
internal sealed unsafe class PitchSalience
{
    /// <summary>Lowest fundamental frequency in Hz.</summary>
    public const double MinPitch = 60;

    /// <summary>Highest fundamental frequency in Hz.</summary>
    public const double MaxPitch = 500;

    /// <summary>Number of candidates per semitone.</summary>
    public const int PerSemitone = 4;

    /// <summary>Window length in seconds: three periods of the lowest fundamental frequency.</summary>
    private const double WindowSeconds = 0.05;

    private const double MinBin = 50, MaxBin = 1500; // Hz

    /// <summary>Candidates computed together.</summary>
    private const int Group = 6;

    private readonly int firstBin;
    private readonly int bins;
    private readonly AlignedFloats cosines;

    /// <param name="sampleRate">Sample rate in Hz.</param>
    /// <param name="columns">Layout of the signal.</param>
    public PitchSalience(int sampleRate, FrameColumns columns)
    {
        int length = FftLength(sampleRate);
        Spectrum = new PowerSpectrum(length, HannWindow.Centred(WindowLength(sampleRate), length), columns);
        double hertz = (double)sampleRate / length;
        firstBin = (int)Math.Ceiling(MinBin / hertz);
        bins = Math.Min(Spectrum.Bins - 1, (int)(MaxBin / hertz)) - firstBin + 1;
        cosines = new AlignedFloats(Padded * bins); // [group, bin, candidate in the group]
        for (int candidate = 0; candidate < Count; candidate++)
            for (int bin = 0; bin < bins; bin++)
                cosines.Span[((candidate / Group * bins) + bin) * Group + (candidate % Group)] =
                    (float)Math.Cos(2 * Math.PI * (firstBin + bin) * hertz / Frequency(candidate));
    }

    /// <summary>Number of candidates.</summary>
    public static int Count { get; } = (int)Math.Floor(12 * PerSemitone * Math.Log2(MaxPitch / MinPitch)) + 1;

    /// <summary>Number of rows written; rows from <see cref="Count"/> on have no meaning.</summary>
    public static int Padded { get; } = (Count + Group - 1) / Group * Group;

    /// <summary>Computes the power spectrum that <see cref="Apply"/> needs.</summary>
    public PowerSpectrum Spectrum { get; }

    /// <summary>Frequency of a candidate in Hz.</summary>
    public static double Frequency(int candidate) => MinPitch * Math.Pow(2, candidate / (12.0 * PerSemitone));

    /// <summary>
    /// Salience of a candidate in a perfectly periodic frame. It falls with the lag, because each harmonic has the main lobe of the Hann
    /// window.
    /// </summary>
    public static double Fading(int candidate) => 0.5 + (0.5 * Math.Cos(2 * Math.PI / (Frequency(candidate) * WindowSeconds)));

    /// <summary>FFT length in samples for a sample rate in Hz.</summary>
    public static int FftLength(int sampleRate) =>
        Math.Max(32, (int)BitOperations.RoundUpToPowerOf2((uint)WindowLength(sampleRate)));

    /// <summary>Power [bins, lanes], overwritten → salience [<see cref="Padded"/>, lanes] from −1 to 1; 0 for silence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply<T>(float* power, float* salience) where T : unmanaged, ILanes<T>
    {
        float* first = power + (long)firstBin * T.Count;
        T energy = T.All(0);
        for (int bin = 0; bin < bins; bin++)
        {
            T magnitude = T.Sqrt(T.Load(first + bin * T.Count));
            magnitude.Store(first + bin * T.Count);
            energy += magnitude;
        }
        T scale = T.All(1) / T.OneBelow(energy, T.All(Silence));
        float* cosine = cosines.Pointer;
        for (int candidate = 0; candidate < Padded; candidate += Group)
        {
            T a = T.All(0), b = a, c = a, d = a, e = a, f = a;
            float* bin = first;
            for (int i = 0; i < bins; i++, cosine += Group, bin += T.Count)
            {
                T value = T.Load(bin);
                a = T.MultiplyAdd(value, T.All(cosine[0]), a);
                b = T.MultiplyAdd(value, T.All(cosine[1]), b);
                c = T.MultiplyAdd(value, T.All(cosine[2]), c);
                d = T.MultiplyAdd(value, T.All(cosine[3]), d);
                e = T.MultiplyAdd(value, T.All(cosine[4]), e);
                f = T.MultiplyAdd(value, T.All(cosine[5]), f);
            }
            float* target = salience + candidate * T.Count;
            (a * scale).Store(target);
            (b * scale).Store(target + T.Count);
            (c * scale).Store(target + 2 * T.Count);
            (d * scale).Store(target + 3 * T.Count);
            (e * scale).Store(target + 4 * T.Count);
            (f * scale).Store(target + 5 * T.Count);
        }
    }

    /// <summary>Sum of magnitudes below which a frame has no pitch: about 120 dB below full scale.</summary>
    private const float Silence = 1e-3f;

    private static int WindowLength(int sampleRate) => (int)Math.Round(WindowSeconds * sampleRate);
}
