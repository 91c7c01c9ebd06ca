using System.Text.Json;
using Spectre.Console.Testing;
using SpeechEmotion.Audio;
using SpeechEmotion.Cli;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

public class LiveCommandTests
{
    [Test]
    public void Live_FileFast_EndsWithTheResultOfPredictAndSavesTheTimeline()
    {
        using var folder = new TemporaryFolder();
        TinyModel.Checkpoint().Save(folder["best.safetensors"]);
        Pcm16File.Write(folder["clip.wav"],
            new Waveform(TestSignals.Join(TestSignals.Silence(0.4), TestSignals.Speech(6), TestSignals.Silence(0.6)), 16000));

        (int code, string output, string errors) = Run("live", "--file", folder["clip.wav"], "--fast", "--json", "--model", folder.Path,
            "--save", folder["t.csv"], "--save", folder["t.vtt"]);
        JsonElement[] events = Objects(output);
        JsonElement prediction = Objects(Run("predict", folder["clip.wav"], "--json", "--model", folder.Path).Output)[0];

        Assert.That((code, errors), Is.EqualTo((0, "")));
        AssertAgree(events, prediction);
        Assert.That(File.ReadAllLines(folder["t.csv"]), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllText(folder["t.vtt"]), Does.StartWith("WEBVTT"));
    }

    [Test]
    public void Live_WithoutATerminal_PrintsPlainLines()
    {
        using var folder = new TemporaryFolder();
        TinyModel.Checkpoint().Save(folder["best.safetensors"]);
        Pcm16File.Write(folder["clip.wav"], new Waveform(TestSignals.Silence(1.5), 16000));
        (int code, string output, _) = Run("live", "--file", folder["clip.wav"], "--fast", "--model", folder.Path);
        Assert.That(code, Is.Zero);
        Assert.That(output,
            Does.StartWith($"listening to {folder["clip.wav"]}\n00:01.0  no speech since 00:00.0\n00:01.5 of audio, no speech\n")
                .And.Not.Contain("\u001b"));
    }

    [TestCase("live listens to one source: --mic, --file FILE or --stdin")]
    [TestCase("live listens to one source: --mic, --file FILE or --stdin", "--file", "a.wav", "--stdin")]
    [TestCase("--fast needs --file: the other sources set their own pace", "--stdin", "--fast")]
    [TestCase("--stdin 7: must be RATE[:CHANNELS[:s16le|f32le]] with a rate from 1000 to 1000000 Hz, for example 16000 or 48000:2:f32le",
        "--stdin", "7")]
    [TestCase("--stdin 16000:0: 0 channels: must be from 1 to 1024", "--stdin", "16000:0")]
    [TestCase("--stdin 16000:1:mp3: the format 'mp3' must be s16le or f32le", "--stdin", "16000:1:mp3")]
    [TestCase("--save a.txt: must end in .csv, .json, .vtt, .png", "--stdin", "--save", "a.txt")]
    public void Live_WrongCommandLine_ReportsTheFault(string message, params string[] options)
    {
        (int code, _, string errors) = Run(["live", .. options]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(errors.Split('\n')[0], Is.EqualTo($"speech-emotion: {message}; see speech-emotion live --help"));
    }

    [Test]
    public void Live_NoSuchFileOrModel_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        TinyModel.Checkpoint().Save(folder["best.safetensors"]);
        (int code, string output, string errors) = Run("live", "--file", folder["missing.wav"], "--model", folder.Path);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        Assert.That(Run("live", "--file", "x.wav", "--model", "no-such-model").Errors, Does.Contain("no-such-model"));
    }

    [Test, Category(SharedData.Corpus)]
    public void Live_TessClips_EndWithTheEmotionThatPredictAndTheWholeClipGive()
    {
        string[] clips = [.. Directory.EnumerateFiles(SharedData.RequireCorpus("tess"), "*.wav", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Where((_, i) => i % 140 == 0)];
        // The shipped model, which separates these clips: agreement on one emotion for all would prove little.
        JsonElement[] predictions = Objects(Run(["predict", .. clips, "--json", "--model", "tess"]).Output);
        Assert.That(predictions.Select(prediction => prediction.GetProperty("emotion").GetString()).Distinct().Count(), Is.EqualTo(7));
        using EmotionClassifier classifier = TorchClassifier.Load("tess");
        for (int i = 0; i < clips.Length; i++)
        {
            AssertAgree(Objects(Run("live", "--file", clips[i], "--fast", "--json", "--model", "tess").Output), predictions[i]);
            float[] whole = classifier.ClassifyWindow(AudioFile.Read(clips[i], 16000).Samples, null).Probabilities;
            Assert.That(predictions[i].GetProperty("emotion").GetString(), Is.EqualTo(classifier.Labels[PooledMean.ArgMax(whole)]),
                clips[i]);
        }
    }

    private static void AssertAgree(JsonElement[] events, JsonElement prediction)
    {
        JsonElement last = events[^1];
        Assert.That(last.GetProperty("type").GetString(), Is.EqualTo("summary"));
        Assert.That(last.GetProperty("emotion").GetString(), Is.EqualTo(prediction.GetProperty("emotion").GetString()));
        foreach (JsonProperty probability in prediction.GetProperty("probabilities").EnumerateObject())
            Assert.That(last.GetProperty("probabilities").GetProperty(probability.Name).GetDouble(),
                Is.EqualTo(probability.Value.GetDouble()).Within(1e-5));
        Assert.That(events.Where(one => one.GetProperty("type").GetString() == "utterance-end")
            .Select(one => one.GetProperty("end").GetDouble()),
            Is.EqualTo(prediction.GetProperty("windows").EnumerateArray().Select(window => window.GetProperty("end").GetDouble())));
    }

    private static JsonElement[] Objects(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static (int Code, string Output, string Errors) Run(params string[] args)
    {
        using var console = new TestConsole().Width(1000);
        using var errors = new StringWriter { NewLine = "\n" };
        int code = Program.Run(args, console, errors, CancellationToken.None);
        return (code, console.Output, errors.ToString());
    }
}
