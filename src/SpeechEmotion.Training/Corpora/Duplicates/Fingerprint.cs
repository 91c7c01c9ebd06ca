using System.Numerics;
using System.Runtime.Intrinsics;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// What a codec, another level, another sample rate or trimming leave of a recording: the signs of its waveform between 300 and 1,200 Hz,
/// about 4,000 a second, and its loudest moments, by which a copy is found and aligned. 270 bytes and 520 more for each second.
/// </summary>
internal sealed record Fingerprint
{
    /// <summary>Number of landmarks.</summary>
    public const int Landmarks = 4;

    // Signs of a block of 8 ms.
    private const int BlockLength = 32;

    // Seconds. Shorter recordings cannot be told apart with certainty.
    private const double MinSeconds = 0.1;

    // Signs. Only the first 30 s of a longer recording are compared.
    private const int MaxLength = 120_000;

    // Signs: 50 ms.
    private const int MinCompared = 200;

    // Share of the active signs of the recording that has fewer.
    private const double MinOverlap = 0.6;

    // RMS of half a quantisation step of 16-bit audio, below which there is only rounding noise.
    private const double SilentLevel = 1.0 / 65536;

    // Power of an active block relative to the loudest: −25 dB. Codecs change the waveform of quieter ones.
    private const float ActivePower = 0.00316f;

    // Power that is added before the logarithm, relative to the loudest block: −30 dB.
    private const float FloorPower = 0.001f;

    // Half of the triangular weights in blocks: of the levels, and of those whose maxima are landmarks.
    private const int LevelWidth = 3, PeakWidth = 8;

    /// <summary>The signs of the waveform in the band.</summary>
    public required SignSequence Signs { get; init; }

    /// <summary>1 for each block of 8 ms that is loud enough for its signs to survive a codec.</summary>
    public required SignSequence ActiveBlocks { get; init; }

    /// <summary>The loudest moments, the loudest first; none when the recording is too short or the band is silent.</summary>
    public required Landmark[] Peaks { get; init; }

    private static Fingerprint TooShort { get; } = new() { Signs = new SignSequence([]), ActiveBlocks = new SignSequence([]), Peaks = [] };

    /// <summary>The fingerprint of a recording; null for silence.</summary>
    public static Fingerprint? Compute(Waveform recording)
    {
        ReadOnlySpan<float> samples = recording.Samples;
        if (IsSilent(samples))
            return null;
        if (recording.Seconds < MinSeconds)
            return TooShort;
        BandFilter filter = BandFilter.ForRate(recording.SampleRate);
        float[] band = filter.Apply(samples[..(int)Math.Min(samples.Length, (long)MaxLength * filter.Step)]);
        float[] powers = Power(band), smooth = Smooth(powers, LevelWidth);
        float loudest = smooth.Max();
        SignSequence signs = SignSequence.FromPositive(band);

        float[] levels = new float[smooth.Length + 2 * (EnvelopeCode.Reach + 1)];
        Array.Fill(levels, MathF.Log(FloorPower));
        for (int b = 0; b < smooth.Length; b++)
            levels[b + EnvelopeCode.Reach + 1] = MathF.Log(smooth[b] / loudest + FloorPower);
        return new Fingerprint
        {
            Signs = signs,
            ActiveBlocks = SignSequence.FromPositive(Array.ConvertAll(smooth, power => power - ActivePower * loudest)),
            Peaks = loudest > 0 ? [.. LoudestBlocks(Smooth(powers, PeakWidth)).Select(Mark)] : [],
        };

        Landmark Mark(int block)
        {
            int position = block * BlockLength + BlockLength / 2;
            return new Landmark(position, EnvelopeCode.Compute(levels, block), SparseSigns.Around(position, signs));
        }
    }

    /// <summary>1 for each sign of an active block.</summary>
    public SignSequence ActiveSigns()
    {
        ulong[] words = new ulong[Signs.Words.Length];
        for (int w = 0; w < words.Length; w++)
            for (int b = 0; b < 64 / BlockLength; b++)
                if (ActiveBlocks[w * 64 / BlockLength + b])
                    words[w] |= (ulong)uint.MaxValue << (BlockLength * b);
        return new SignSequence(words);
    }

    /// <summary>
    /// The absolute correlation of the waveforms where both are active, estimated from their signs by the arcsine law (Van Vleck and
    /// Middleton 1966); 0 when they overlap too little.
    /// </summary>
    /// <param name="other">The other recording.</param>
    /// <param name="lag">Its delay in signs.</param>
    public double Correlation(Fingerprint other, int lag)
    {
        SignSequence active = ActiveSigns(), otherActive = other.ActiveSigns();
        int compared = 0, equal = 0;
        for (int w = 0; w < Signs.Words.Length; w++)
        {
            ulong both = active.Words[w] & otherActive.From(64 * w + lag);
            compared += BitOperations.PopCount(both);
            equal += BitOperations.PopCount(both & ~(Signs.Words[w] ^ other.Signs.From(64 * w + lag)));
        }
        return compared < Math.Max(MinCompared, MinOverlap * Math.Min(active.Count, otherActive.Count))
            ? 0
            : Math.Abs(Math.Sin(Math.PI * ((double)equal / compared - 0.5)));
    }


    private static bool IsSilent(ReadOnlySpan<float> samples)
    {
        const int block = 1024;
        double energy = 0, least = SilentLevel * SilentLevel * samples.Length;
        for (int start = 0; start < samples.Length && energy < least; start += block)
        {
            ReadOnlySpan<float> part = samples[start..Math.Min(samples.Length, start + block)];
            double sum = 0, squares = 0;
            foreach (float sample in part)
            {
                sum += sample;
                squares += (double)sample * sample;
            }
            energy += squares - sum * sum / part.Length;
        }
        return energy < least;
    }

    private static float[] Power(float[] band)
    {
        float[] power = new float[(band.Length + BlockLength - 1) / BlockLength];
        for (int b = 0; b < power.Length; b++)
        {
            ReadOnlySpan<float> block = band.AsSpan(b * BlockLength, Math.Min(BlockLength, band.Length - b * BlockLength));
            Vector256<float> sum = Vector256<float>.Zero;
            int at = 0;
            for (; at + Vector256<float>.Count <= block.Length; at += Vector256<float>.Count)
            {
                Vector256<float> values = Vector256.Create(block[at..]);
                sum += values * values;
            }
            float rest = 0;
            for (; at < block.Length; at++)
                rest += block[at] * block[at];
            power[b] = Vector256.Sum(sum) + rest;
        }
        return power;
    }

    /// <summary>Sums with triangular weights that reach over <paramref name="half"/> − 1 blocks to both sides.</summary>
    private static float[] Smooth(float[] power, int half)
    {
        float[] smooth = new float[power.Length];
        for (int b = 0; b < power.Length; b++)
        {
            float sum = 0;
            int from = Math.Max(0, b - half + 1), to = Math.Min(power.Length - 1, b + half - 1);
            for (int at = from; at <= to; at++)
                sum += (half - Math.Abs(at - b)) * power[at];
            smooth[b] = sum;
        }
        return smooth;
    }

    /// <summary>The largest local maxima, the largest first.</summary>
    private static IEnumerable<int> LoudestBlocks(float[] levels) => Enumerable.Range(0, levels.Length)
        .Where(b => (b == 0 || levels[b] > levels[b - 1]) && (b == levels.Length - 1 || levels[b] >= levels[b + 1]))
        .OrderByDescending(b => levels[b]).ThenBy(b => b).Take(Landmarks);
}
