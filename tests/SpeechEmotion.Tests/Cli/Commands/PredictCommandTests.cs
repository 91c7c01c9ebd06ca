using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

public class PredictCommandTests
{
    private static readonly string[] Labels = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];

    private string folder = "";
    private string clip = "";

    [OneTimeSetUp]
    public void MakeSounds()
    {
        folder = Directory.CreateDirectory(TrainedRun.In("sounds")).FullName;
        clip = Sound("clip.wav", TestSignals.Syllables(1));
    }

    [Test]
    public void Predict_Clip_PrintsOneLine()
    {
        string line = Predict(clip).Expect(0).Output.Trim();
        Assert.That(line,
            Does.Match($@"^{Regex.Escape(clip)}: ({string.Join('|', Labels)}) \d+\.\d % \(\w+ \d+\.\d %, \w+ \d+\.\d %\)$"));
    }

    [Test]
    public void Predict_LongFile_PrintsItsTimeline()
    {
        // Three utterances with a second of silence between them.
        var corpus = new SyntheticCorpus(new SyntheticSettings { Speakers = 2, UtterancesPerEmotion = 1 });
        float[] pause = new float[SyntheticCorpus.SampleRate];
        string path = Sound("long.wav",
            [.. corpus.Render(0).Samples, .. pause, .. corpus.Render(3).Samples, .. pause, .. corpus.Render(5).Samples]);
        string[] lines = Predict(path).Expect(0).Output.Trim().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(1 + 3));
        Assert.That(lines[0], Does.StartWith(path));
        Assert.That(lines[1..], Is.All.Match(@"^  00:\d\d\.\d – 00:\d\d\.\d  \w+ +\d+\.\d %$"));
    }

    /// <summary>Once the reader has closed the pipe (<c>head -1</c>), no further file is read: the last one could never be read.</summary>
    [Test, Platform(Exclude = "Win")]
    public void Predict_OutputThatNobodyReadsOn_EndsQuietly()
    {
        string clips = string.Join(' ', Enumerable.Repeat($"'{clip}'", 300)), pipe = Path.Combine(folder, "never-written.wav");
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c",
            $"mkfifo '{pipe}'; (timeout 120 {Namespaces.Program} predict {clips} '{pipe}' --model '{TrainedRun.Folder}'; "
                + $"echo $? >'{pipe}.code') | head -n 1"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.That(output.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(errors.Result, Is.Empty);
        Assert.That(() => File.Exists($"{pipe}.code") ? File.ReadAllText($"{pipe}.code").Trim() : "", Is.EqualTo("0").After(120_000, 20));
    }

    [Test]
    public void Predict_Json_PrintsOneObjectAFile()
    {
        string[] lines = Predict(clip, clip, "--json").Expect(0).Output.Trim().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(2));
        using JsonDocument json = JsonDocument.Parse(lines[0]);
        JsonElement root = json.RootElement;
        Assert.That(root.EnumerateObject().Select(property => property.Name),
            Is.EqualTo(new[] { "file", "seconds", "emotion", "confidence", "probabilities", "windows" }));
        Assert.That(root.GetProperty("file").GetString(), Is.EqualTo(clip));
        Assert.That(root.GetProperty("seconds").GetDouble(), Is.EqualTo(1));
        Assert.That(root.GetProperty("probabilities").EnumerateObject().Select(property => property.Name), Is.EqualTo(Labels));
        Assert.That(root.GetProperty("probabilities").EnumerateObject().Sum(property => property.Value.GetDouble()),
            Is.EqualTo(1).Within(1e-5));
        JsonElement best = root.GetProperty("probabilities").GetProperty(root.GetProperty("emotion").GetString()!);
        Assert.That(root.GetProperty("confidence").GetDouble(), Is.EqualTo(best.GetDouble()).Within(1e-7));
        JsonElement window = root.GetProperty("windows").EnumerateArray().Single();
        Assert.That(window.GetProperty("end").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public void Predict_Csv_QuotesNames()
    {
        string path = Sound("one, \"two\".wav", TestSignals.Syllables(3));
        string[] lines = Predict(path, "--csv").Expect(0).Output.Trim().Split('\n');
        Assert.That(lines[0].Trim(), Is.EqualTo("file,seconds,emotion,confidence," + string.Join(',', Labels)));
        Assert.That(lines[1], Does.StartWith($"\"{folder}{Path.DirectorySeparatorChar}one, \"\"two\"\".wav\",1.000,"));
        Assert.That(lines[1].Split(',')[^7..].Sum(cell => double.Parse(cell, CultureInfo.InvariantCulture)), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Predict_FolderAndPattern_FindSounds()
    {
        string place = Directory.CreateDirectory(Path.Combine(folder, "calls", "deep")).FullName;
        File.Copy(clip, Path.Combine(place, "b.wav"), overwrite: true);
        File.WriteAllText(Path.Combine(place, "notes.txt"), "no sound");
        Assert.That(Predict(Path.Combine(folder, "calls")).Expect(0).Output.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(Predict(Path.Combine(place, "*.wav")).Expect(0).Output, Does.StartWith(Path.Combine(place, "b.wav")));
        Assert.That(Predict(Path.Combine(place, "*.txt")).OnlyError(1), Does.Contain("no audio files"));
    }

    [Test]
    public void Predict_BadFileAmongGoodOnes_CostsItsLine()
    {
        string bad = Path.Combine(folder, "bad.wav");
        File.WriteAllText(bad, "");
        CommandLine result = Predict(bad, clip);
        Assert.That(result.OnlyError(0), Does.StartWith(bad));
        Assert.That(result.Output, Does.StartWith(clip));
        Assert.That(Predict(bad).OnlyError(1), Does.StartWith(bad));
    }

    [Test]
    public void Predict_Strict_StopsAtTheBadFile()
    {
        string bad = Path.Combine(folder, "strict.wav");
        File.WriteAllText(bad, "");
        CommandLine result = Predict(bad, clip, "--strict");
        Assert.That(result.OnlyError(1), Does.StartWith(bad));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void Predict_Embeddings_AreARowForEachLine()
    {
        string silence = Sound("silence.wav", new float[16000]), other = Sound("other.wav", TestSignals.Syllables(2));
        string bad = Path.Combine(folder, "unreadable.wav"), target = Path.Combine(folder, "embeddings.npy");
        File.WriteAllText(bad, "");
        Predict(clip, silence, bad, other, "--embeddings", target);

        byte[] file = File.ReadAllBytes(target);
        int head = 10 + BitConverter.ToUInt16(file, 8);
        float[] values = MemoryMarshal.Cast<byte, float>(file.AsSpan(head)).ToArray();
        int width = values.Length / 3;
        Assert.That(Encoding.ASCII.GetString(file, 10, head - 10), Does.Contain($"'shape': (3, {width})"));

        using EmotionClassifier classifier = TorchClassifier.Load(TrainedRun.Folder);
        Assert.That(values[..width], Is.EqualTo(classifier.Classify(AudioFile.Read(clip)).Embedding));
        Assert.That(values[width..(2 * width)], Is.All.Zero);
        Assert.That(values[(2 * width)..], Is.EqualTo(classifier.Classify(AudioFile.Read(other)).Embedding));
        Assert.That(values[..width], Has.Some.Not.Zero.And.Not.EqualTo(values[(2 * width)..]));
    }

    [TestCase("embeddings.txt", "must end with .npy")]
    [TestCase("no such folder/embeddings.npy", "its folder does not exist")]
    public void Predict_EmbeddingsThatCannotBeWritten_IsAnErrorBeforehand(string target, string fault)
    {
        CommandLine result = Predict(clip, "--embeddings", Path.Combine(folder, target));
        Assert.That(result.OnlyError(2), Does.Contain(fault).And.Contain(target));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public void Predict_MissingFile_IsNamed()
    {
        Assert.That(Predict(Path.Combine(folder, "none.wav")).OnlyError(1), Does.Contain("none.wav").And.Contain("no such file"));
    }

    [Test]
    public void Predict_CutOffCheckpoint_IsNamed()
    {
        string cut = TrainedRun.In("cut.safetensors");
        File.WriteAllBytes(cut, File.ReadAllBytes(Path.Combine(TrainedRun.Folder, "best.safetensors"))[..3000]);
        Assert.That(CommandLine.Run("predict", clip, "--model", cut).OnlyError(1), Does.StartWith(cut));
    }

    [Test]
    public void Predict_UnknownModel_StatesWhereItLooked()
    {
        Assert.That(CommandLine.Run("predict", clip, "--model", "no-such-model").OnlyError(1),
            Does.StartWith("no-such-model: no such model").And.Contain("checkpoints"));
    }

    private static CommandLine Predict(params string[] args) => CommandLine.Run(["predict", .. args, "--model", TrainedRun.Folder]);

    private string Sound(string name, float[] samples)
    {
        string path = Path.Combine(folder, name);
        Pcm16File.Write(path, new Waveform(samples, 16000));
        return path;
    }
}
