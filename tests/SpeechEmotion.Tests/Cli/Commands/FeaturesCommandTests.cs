using SkiaSharp;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

[NonParallelizable]
public class FeaturesCommandTests
{
    private TemporaryFolder folder = null!;
    private string clip = "", other = "";

    [SetUp]
    public void MakeClips()
    {
        folder = new TemporaryFolder();
        clip = Sound("clip.wav", TestSignals.Join(TestSignals.Silence(0.5), TestSignals.Speech(1)));
        other = Sound("other.wav", TestSignals.Speech(2));
    }

    [TearDown]
    public void DeleteClips() => folder.Dispose();

    [Test]
    public void Features_Npy_IsWhatTheNetworkGets()
    {
        CommandLine.Run("features", clip, "--out", folder["clip.npy"]).Expect(0);
        FeatureExtractor extractor = new(
            SettingsFile.Parse(File.ReadAllText(Path.Combine(SharedData.ProjectRoot()!, "configs", "synthetic.json")), "config").Features);
        FeatureMatrix expected = extractor.Extract(AudioFile.Read(clip).Samples);
        new FeatureNormaliser(Normalisation.Utterance, [], []).Apply(expected);
        Assert.That(File.ReadAllBytes(folder["clip.npy"]), Is.EqualTo(Npy(expected)));
    }

    [Test]
    public void Features_ModelsSettings_AreUsed()
    {
        CommandLine.Run("features", clip, "--model", TrainedRun.Folder, "--out", folder["clip.npy"]).Expect(0);
        Checkpoint checkpoint = SpeechEmotion.Inference.Checkpoint.Load(Path.Combine(TrainedRun.Folder, "best.safetensors"));
        FeatureMatrix expected = new FeatureExtractor(checkpoint.Settings.Features).Extract(AudioFile.Read(clip).Samples);
        Assert.That(File.ReadAllBytes(folder["clip.npy"]), Is.EqualTo(Npy(checkpoint.Normaliser.Normalised(expected))));
    }

    [Test]
    public void Features_ManyFilesToArrays_WritesOneEach()
    {
        CommandLine.Run("features", folder.Path, "--set", "Features.Normalisation=none", "--out", folder["arrays/{name}.npy"]).Expect(0);
        Assert.That(Directory.GetFiles(folder["arrays"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "clip.npy", "other.npy" }));
    }

    [Test]
    public void Features_ManyFilesToOneArray_IsRefusedBeforehand()
    {
        string error = CommandLine.Run("features", clip, other, "--out", folder["x.npy"]).OnlyError(2);
        Assert.That(error, Does.Contain("x.npy").And.Contain("there are 2").And.Contain("{name}.npy"));
        Assert.That(File.Exists(folder["x.npy"]), Is.False);
    }

    [Test]
    public void Features_TwoFilesOfOneName_AreRefusedBeforehand()
    {
        Directory.CreateDirectory(folder["b"]);
        File.Copy(clip, folder["b/clip.wav"]);
        Assert.That(CommandLine.Run("features", folder.Path, "--out", folder["{name}.png"]).OnlyError(2), Does.Contain("the same name"));
        Assert.That(Directory.GetFiles(folder.Path, "*.png"), Is.Empty);
    }

    [Test]
    public void Features_Png_IsAPicture()
    {
        CommandLine result = CommandLine.Run("features", clip, "--out", folder["clip.png"]).Expect(0);
        using SKBitmap picture = SKBitmap.Decode(folder["clip.png"]);
        Assert.That(picture.Width, Is.EqualTo(1200));
        Assert.That(result.Output, Does.Contain("clip.png").And.Contain("[116 features, "));
    }

    [Test]
    public void Features_Csv_HasARowAFileWithNamedStatistics()
    {
        CommandLine.Run("features", clip, other, "--set", "Features.Mel=false", "--set", "Features.Chroma=0", "--set", "Features.Mfcc=2",
            "--out", folder["f.csv"]).Expect(0);
        string[][] rows = [.. File.ReadAllLines(folder["f.csv"]).Select(line => line.Split(','))];
        Assert.That(rows[0],
            Is.EqualTo("file,seconds,frames,mfcc0.mean,mfcc0.sd,mfcc0.min,mfcc0.max,mfcc1.mean,mfcc1.sd,mfcc1.min,mfcc1.max".Split(',')));
        Assert.That(rows.Skip(1).Select(row => row[0]), Is.EqualTo(new[] { clip, other }));
        FeatureMatrix expected = new FeatureExtractor(new FeatureSettings { Mel = false, Chroma = 0, Mfcc = 2 })
            .Extract(AudioFile.Read(other).Samples);
        Assert.That(int.Parse(rows[2][2]), Is.EqualTo(expected.Frames));
        Assert.That(double.Parse(rows[2][7]), Is.EqualTo(expected.Row(1).ToArray().Average(x => (double)x)).Within(1e-4));
        Assert.That(float.Parse(rows[2][10]), Is.EqualTo(expected.Row(1).ToArray().Max()));
    }

    [Test]
    public void Features_NoOut_ShowsShapeAndRanges()
    {
        string output = CommandLine.Run("features", clip).Expect(0).Output;
        Assert.That(output,
            Does.Contain("clip.wav: ").And.Contain("[116 features, ").And.Contain("0–63").And.Contain("mel (dB)").And.Contain("chroma"));
    }

    [Test]
    public void Features_BadFileAmongGood_CostsItsLine()
    {
        File.WriteAllText(folder["bad.wav"], "this is no sound");
        CommandLine result = CommandLine.Run("features", folder.Path, "--out", folder["f.csv"]).Expect(0);
        Assert.That(result.Errors, Has.Length.EqualTo(1));
        Assert.That(result.Errors[0], Does.StartWith(folder["bad.wav"]));
        Assert.That(File.ReadAllLines(folder["f.csv"]), Has.Length.EqualTo(3));
        Assert.That(CommandLine.Run("features", folder.Path, "--strict", "--out", folder["g.csv"]).OnlyError(1),
            Does.StartWith(folder["bad.wav"]));
        Assert.That(File.Exists(folder["g.csv"]), Is.False);
        Assert.That(CommandLine.Run("features", folder["bad.wav"], "--out", folder["g.csv"]).OnlyError(1),
            Does.StartWith(folder["bad.wav"]));
    }

    [Test]
    public void Features_CorpusNormalisationWithoutModel_StatesWhatToDo() =>
        Assert.That(CommandLine.Run("features", clip, "--set", "Features.Normalisation=corpus", "--out", folder["c.npy"]).OnlyError(2),
            Does.StartWith("Features.Normalisation: corpus").And.Contain("--model"));

    [TestCase("--out", "x.wav", "must end with .npy, .png or .csv")]
    [TestCase("--model", "tess --set Features.Mfcc=3", "--model brings its own settings")]
    public void Features_WrongOption_IsNamed(string option, string value, string message) =>
        Assert.That(CommandLine.Run(["features", clip, option, .. value.Split(' ')]).OnlyError(2), Does.Contain(message));

    [Test]
    public void Features_Interrupted_WritesNoTable()
    {
        Assert.That(CommandLine.Run(new CancellationToken(canceled: true), "features", clip, "--out", folder["f.csv"]).OnlyError(130),
            Is.EqualTo("interrupted"));
        Assert.That(File.Exists(folder["f.csv"]), Is.False);
    }

    private static byte[] Npy(FeatureMatrix features)
    {
        using MemoryStream stream = new();
        NumpyFile.Write(stream, features);
        return stream.ToArray();
    }

    private string Sound(string name, float[] samples)
    {
        Pcm16File.Write(folder[name], new Waveform(samples, 16000));
        return folder[name];
    }
}
