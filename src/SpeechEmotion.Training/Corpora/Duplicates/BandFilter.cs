using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// A band-pass of 300 to 1,200 Hz whose output has about 4,000 samples a second. Every codec and every telephone line preserves the
/// waveform in this band, where speech has most of its energy.
/// </summary>
internal sealed class BandFilter
{
    private const double Low = 300, High = 1200, OutputRate = 4000;

    // Length of the impulse response in seconds, for transitions of about 400 Hz.
    private const double Seconds = 0.008;

    private static readonly ConcurrentDictionary<int, BandFilter> Filters = new();

    private readonly int half;
    private readonly float[] response;

    private BandFilter(int sampleRate)
    {
        Step = Math.Max(1, (int)Math.Round(sampleRate / OutputRate));
        half = (int)(Seconds / 2 * sampleRate);
        double low = Low / sampleRate, high = Math.Min(High / sampleRate, 0.45);
        // Filled up with zeros to whole vectors, whose length does not depend on the processor.
        response = new float[(2 * half + Vector256<float>.Count) / Vector256<float>.Count * Vector256<float>.Count];
        for (int i = -half; i <= half; i++)
        {
            double ideal = i == 0 ? 2 * (high - low) : (Math.Sin(2 * Math.PI * high * i) - Math.Sin(2 * Math.PI * low * i)) / (Math.PI * i);
            response[i + half] = (float)(ideal * (0.5 + 0.5 * Math.Cos(Math.PI * i / (half + 1))));
        }
    }

    /// <summary>Number of input samples per output sample.</summary>
    public int Step { get; }

    /// <summary>The filter for a sample rate in Hz.</summary>
    public static BandFilter ForRate(int sampleRate) => Filters.GetOrAdd(sampleRate, rate => new BandFilter(rate));

    /// <summary>Filters a recording, which is silent before its start and after its end; output i is centred on input i · Step.</summary>
    public float[] Apply(ReadOnlySpan<float> samples)
    {
        float[] output = new float[(samples.Length + Step - 1) / Step];
        // Outputs are computed in fours, the last of which may be superfluous.
        float[] padded = ArrayPool<float>.Shared.Rent((output.Length + 4) * Step + response.Length);
        try
        {
            padded.AsSpan(0, half).Clear();
            samples.CopyTo(padded.AsSpan(half));
            padded.AsSpan(half + samples.Length).Clear();
            ref float weights = ref MemoryMarshal.GetArrayDataReference(response);
            for (int i = 0; i < output.Length; i += 4)
            {
                ref float a = ref padded[i * Step], b = ref padded[(i + 1) * Step], c = ref padded[(i + 2) * Step],
                    d = ref padded[(i + 3) * Step];
                Vector256<float> sumA = Vector256<float>.Zero, sumB = sumA, sumC = sumA, sumD = sumA;
                for (nuint tap = 0; tap < (nuint)response.Length; tap += (nuint)Vector256<float>.Count)
                {
                    Vector256<float> weight = Vector256.LoadUnsafe(ref weights, tap);
                    sumA = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref a, tap), sumA);
                    sumB = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref b, tap), sumB);
                    sumC = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref c, tap), sumC);
                    sumD = Vector256.FusedMultiplyAdd(weight, Vector256.LoadUnsafe(ref d, tap), sumD);
                }
                ReadOnlySpan<float> sums = [Vector256.Sum(sumA), Vector256.Sum(sumB), Vector256.Sum(sumC), Vector256.Sum(sumD)];
                sums[..Math.Min(4, output.Length - i)].CopyTo(output.AsSpan(i));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(padded);
        }
        return output;
    }
}
