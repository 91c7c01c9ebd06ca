using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

/// <summary>Mel and MFCC equal their definitions for settings and signals that the golden files do not have.</summary>
public class DefinitionTests
{
    private static readonly FeatureSettings[] Settings =
    [
        new() { TrimDb = 0, Chroma = 0 },
        new() { TrimDb = 0, Chroma = 0, SampleRate = 22050, FrameLength = 1024, FftLength = 1024, HopLength = 255, MelBands = 80,
            MelLow = 20, MelHigh = 7600, Mfcc = 13 },
        new() { TrimDb = 0, Chroma = 0, SampleRate = 8000, FrameLength = 201, FftLength = 256, HopLength = 77, MelBands = 23, Mfcc = 23,
            MelLow = 64, TopDb = 60 },
        new() { TrimDb = 0, Chroma = 12, SampleRate = 48000, FrameLength = 1200, FftLength = 2048, HopLength = 480, MelBands = 40,
            Mfcc = 20, ChromaFftLength = 4096 },
    ];

    [Test]
    public void Extract_Noise_EqualsTheDefinition([Range(0, 3)] int which, [Values("noise", "quiet noise")] string kind) =>
        Compare(Settings[which], kind);

    // Without librosa's cut at 80 dB a pure tone shows single precision itself: its rounding noise lies about 140 dB below the tone.
    [Test]
    public void Extract_ToneCutAt80Decibels_EqualsTheDefinition(
        [Range(0, 3)] int which, [Values("16-bit tone", "tone in noise", "tone")] string kind) =>
        Compare(Settings[which] with { TopDb = 80 }, kind);

    private static void Compare(FeatureSettings settings, string kind)
    {
        float[] samples = Signal(kind, 3 * settings.FftLength + 13, settings.SampleRate);
        FeatureMatrix features = new FeatureExtractor(settings).Extract(samples);
        double[][] mel = ReferenceFeatures.Mel(ReferenceFeatures.Power(samples, settings.FrameLength, settings.FftLength,
            settings.HopLength), settings);
        double[][] mfcc = ReferenceFeatures.Mfcc(mel, settings.Mfcc);

        Assert.That(Worst(features, 0, mel), Is.LessThan(5e-3), "mel in dB");
        Assert.That(Worst(features, settings.MelBands, mfcc), Is.LessThan(5e-3), "MFCC in dB");
    }

    private static double Worst(FeatureMatrix features, int firstRow, double[][] expected)
    {
        Assert.That(features.Frames, Is.EqualTo(expected.Length));
        double worst = 0;
        for (int frame = 0; frame < expected.Length; frame++)
            for (int row = 0; row < expected[frame].Length; row++)
                worst = Math.Max(worst, Math.Abs(features.Row(firstRow + row)[frame] - expected[frame][row]));
        TestContext.Out.WriteLine($"worst {worst:g3}");
        return worst;
    }

    private static float[] Signal(string kind, int samples, int rate) => kind switch
    {
        "noise" => TestSignals.Noise(samples),
        "quiet noise" => [.. TestSignals.Noise(samples).Select(x => x * 1e-4f)],
        "16-bit tone" => [.. TestSignals.Sine(samples, 440, rate, 0.9).Select(x => MathF.Round(x * 32768) / 32768)],
        "tone" => TestSignals.Sine(samples, 440, rate, 0.9),
        "tone in noise" => [.. TestSignals.Sine(samples, 1000, rate)
            .Zip(TestSignals.Noise(samples), (tone, noise) => tone + 1e-4f * noise)],
        _ => throw new ArgumentException($"signal {kind} is not known"),
    };
}
