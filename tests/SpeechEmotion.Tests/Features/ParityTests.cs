using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

/// <summary>The features equal librosa 0.11.0.</summary>
public class ParityTests
{
    [TestCaseSource(nameof(SyntheticFiles))]
    public void Extract_SyntheticSignal_EqualsLibrosa(string file) => Compare(GoldenFeatures.Folder, file);

    [Test, Category(SharedData.Corpus)]
    public void Extract_EveryGoldenSignal_EqualsLibrosa()
    {
        string folder = SharedData.Require("golden");
        Assert.Multiple(() =>
        {
            foreach (GoldenFeatures.Entry entry in GoldenFeatures.Read(folder))
                Compare(folder, entry.File);
        });
    }

    private static IEnumerable<string> SyntheticFiles() => GoldenFeatures.Read(GoldenFeatures.Folder).Select(entry => entry.File);

    private static void Compare(string folder, string file)
    {
        GoldenFeatures.Entry entry = GoldenFeatures.Read(folder).Single(candidate => candidate.File == file);
        float[] expected = GoldenFeatures.Floats(folder, file);
        FeatureExtractor extractor = new(entry.Settings);
        FeatureMatrix features = extractor.Extract(GoldenFeatures.Floats(folder, $"{entry.Signal}.wave.f32"));
        FeatureBlock block = extractor.Blocks.Single(candidate => candidate.Kind == Kind(entry.Feature));
        Assert.That(new[] { block.Count, features.Frames }, Is.EqualTo(entry.Shape), file);

        ReadOnlySpan<float> actual = features.Values.AsSpan(block.First * features.Frames, block.Count * features.Frames);
        double scale = expected.Max(Math.Abs);
        double worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double value = block.Kind == FeatureKind.Mel ? Math.Pow(10, actual[i] / 10.0) : actual[i];
            worst = Math.Max(worst, Math.Abs(value - expected[i]));
        }
        TestContext.Out.WriteLine($"{file}: worst {worst:g3}, scale {scale:g3}");
        Assert.That(worst, Is.LessThanOrEqualTo(Tolerance(block.Kind, scale)), file);
    }

    // MFCC in dB; chroma is 0 to 1; the others relative to their largest value.
    private static double Tolerance(FeatureKind kind, double scale) => kind switch
    {
        FeatureKind.Mfcc => 5e-3,
        FeatureKind.Chroma => 1e-4,
        _ => 1e-4 * scale,
    };

    private static FeatureKind Kind(string feature) => feature switch
    {
        "mel" => FeatureKind.Mel,
        "mfcc" => FeatureKind.Mfcc,
        "chroma" or "chroma-tuned" => FeatureKind.Chroma,
        "rms" => FeatureKind.Rms,
        "zcr" => FeatureKind.Zcr,
        "centroid" => FeatureKind.Centroid,
        _ => throw new ArgumentException($"feature {feature} is not known"),
    };
}
