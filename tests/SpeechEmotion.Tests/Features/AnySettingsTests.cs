using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

/// <summary>
/// Every feature equals its definition for whatever settings and signal: clips shorter than a frame, hops beyond it, bands between two
/// bins.
/// </summary>
public class AnySettingsTests
{
    [Test]
    public void Extract_AnySettingsAndSignal_EqualsTheDefinitions()
    {
        Prop.ForAll(Cases.ToArbitrary(), each => Compare(each.Settings, each.Samples))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    // The ends of the ranges, whatever chance brings.
    [TestCase(1, 32, 32, 1, 1)]
    [TestCase(5, 32, 512, 7, 1)]
    [TestCase(15, 64, 32, 700, 64)]
    [TestCase(700, 256, 64, 300, 90)]
    [TestCase(2000, 128, 256, 65536, 40)]
    public void Extract_Ends_EqualTheDefinitions(int samples, int fft, int chromaFft, int hop, int bands) =>
        Compare(Everything(16000, fft, fft / 2 + 1, chromaFft, hop, bands, 12), TestSignals.Noise(samples));

    private static Gen<(FeatureSettings Settings, float[] Samples)> Cases =>
        from rate in Gen.Elements(8000, 11025, 16000, 24414, 48000)
        from fft in Gen.Elements(32, 64, 128, 256)
        from frame in Gen.Choose(2, fft)
        from chromaFft in Gen.Elements(32, 128, 256, 512)
        from hop in Gen.Frequency((3, Gen.Choose(fft / 8, fft)), (1, Gen.Choose(fft, 3 * fft)))
        from bands in Gen.Choose(1, 90)
        from classes in Gen.Elements(1, 7, 12, 24, 36)
        from samples in Gen.Frequency((1, Gen.Choose(1, 20)), (3, Gen.Choose(20, 8 * fft)))
        from kind in Gen.Choose(0, 4)
        from seed in Gen.Choose(0, 1000)
        select (Everything(rate, fft, frame, chromaFft, hop, bands, classes), Signal(kind, samples, rate, seed));

    private static FeatureSettings Everything(int rate, int fft, int frame, int chromaFft, int hop, int bands, int classes) => new()
    {
        SampleRate = rate,
        FftLength = fft,
        FrameLength = frame,
        ChromaFftLength = chromaFft,
        HopLength = hop,
        MelBands = bands,
        MelLow = bands % 3 * 40,
        MelHigh = bands % 2 == 0 ? 0 : 0.4 * rate,
        Mfcc = (bands + 1) / 2,
        Chroma = classes,
        Rms = true,
        Zcr = true,
        Centroid = true,
        TopDb = 80, // below lies the rounding of single precision
        TrimDb = 0,
    };

    // A little noise in all but silence: where a definition divides rounding by rounding, no two implementations agree.
    private static float[] Signal(int kind, int samples, int rate, int seed)
    {
        float[] noise = TestSignals.Noise(samples, seed);
        return kind switch
        {
            0 => noise,
            1 => new float[samples],
            2 => [.. TestSignals.Sine(samples, 37 + seed, rate, 0.9).Zip(noise, (tone, x) => tone + 0.01f * x)],
            3 => [.. TestSignals.Sine(samples, 150, rate, 50).Zip(noise, (tone, x) => Math.Clamp(tone + x, -1, 1))],
            _ => [.. noise.Select(x => 0.5f + 0.01f * x)],
        };
    }

    private static void Compare(FeatureSettings settings, float[] samples)
    {
        FeatureExtractor extractor = new(settings);
        FeatureMatrix features = extractor.Extract(samples);
        double[][] power = ReferenceFeatures.Power(samples, settings.FrameLength, settings.FftLength, settings.HopLength);
        double[][] mel = ReferenceFeatures.Mel(power, settings);
        double[][] chromaPower = settings.ChromaFftLength == settings.FftLength ? power
            : ReferenceFeatures.Power(samples, settings.ChromaFftLength, settings.ChromaFftLength, settings.HopLength);

        Assert.That(features.Values, Has.All.Matches<float>(float.IsFinite));
        double[][] rounding = Rounding(power, settings);
        Within(FeatureKind.Mel, mel, 5e-3, rounding);
        Within(FeatureKind.Mfcc, ReferenceFeatures.Mfcc(mel, settings.Mfcc), 5e-3, [.. rounding.Select(Norm)]);
        Within(FeatureKind.Chroma, ReferenceFeatures.Chroma(chromaPower, settings), 1e-4);
        Within(FeatureKind.Rms, Column(ReferenceFeatures.Rms(samples, settings.FftLength, settings.HopLength)), 1e-6);
        Within(FeatureKind.Zcr, Column(ReferenceFeatures.Zcr(samples, settings.FftLength, settings.HopLength)), 1e-7);
        Within(FeatureKind.Centroid, Column(ReferenceFeatures.Centroid(power, settings)), 1e-4 * settings.SampleRate / 2);

        void Within(FeatureKind kind, double[][] expected, double tolerance, double[][]? besides = null)
        {
            FeatureBlock block = extractor.Blocks.Single(candidate => candidate.Kind == kind);
            Assert.That((features.Frames, block.Count), Is.EqualTo((expected.Length, expected[0].Length)));
            for (int row = 0; row < block.Count; row++)
                for (int frame = 0; frame < features.Frames; frame++)
                    Assert.That(features.Row(block.First + row)[frame],
                        Is.EqualTo(expected[frame][row]).Within(tolerance + (besides?[frame][row] ?? 0)),
                        $"{extractor.Names[block.First + row]}, frame {frame}, {samples.Length} samples, {settings}");
        }

        // The transform is orthonormal: no coefficient is further off than all bands together.
        double[] Norm(double[] bands) => [.. Enumerable.Repeat(Math.Sqrt(bands.Sum(band => band * band)), settings.Mfcc)];

        static double[][] Column(double[] values) => [.. values.Select(value => (double[])[value])];
    }

    /// <summary>
    /// How far log-mel values may be off when every bin's magnitude is by half a unit in the last place of its frame's largest: what one
    /// loud bin does to faint ones in single precision.
    /// </summary>
    private static double[][] Rounding(double[][] power, FeatureSettings settings)
    {
        double[][] high = ReferenceFeatures.Mel(Moved(1), settings), low = ReferenceFeatures.Mel(Moved(-1), settings);
        return [.. high.Zip(low, (above, below) => above.Zip(below, (h, l) => Math.Abs(h - l)).ToArray())];

        double[][] Moved(int sign) => [.. power.Select(frame =>
        {
            double step = sign * Math.Sqrt(frame.Max()) / (1 << 24);
            return frame.Select(bin => Math.Pow(Math.Max(0, Math.Sqrt(bin) + step), 2)).ToArray();
        })];
    }
}
