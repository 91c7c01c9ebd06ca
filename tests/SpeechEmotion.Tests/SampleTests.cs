using System.Diagnostics;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Architecture;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests;

/// <summary>The sample programs, which reference the libraries' projects alone, do what a program of one's own would do.</summary>
[NonParallelizable]
public class SampleTests
{
    private const int MaxLines = 30; // a sample is to be read, not studied

    [Test]
    public void Train_Synthetic_TrainsEvaluatesPredictsAndStreams()
    {
        using var folder = new TemporaryFolder();
        string output = Run("Train", folder.Path, "2", folder["run"]);
        Assert.That(output, Does.Contain("trained 2 epochs").And.Contain("evaluated").And.Contain("predicted").And.Contain("UtteranceEnd"));
        Assert.That(folder["run/report.json"], Does.Exist);
        Assert.That(folder["run/evaluation/report.json"], Does.Exist);
    }

    [Test]
    public void Predict_ShippedModel_RunsWithoutTorch()
    {
        using var folder = new TemporaryFolder();
        folder.WriteWav("clip.wav", new SyntheticCorpus(new SyntheticSettings()).Render(0).Samples);
        string output = Run("Predict", folder.Path, SourceTree.Require("checkpoints/voices/model.safetensors"), folder["clip.wav"]);
        Assert.That(output.Trim(), Does.StartWith(folder["clip.wav"] + ": ").And.EndsWith("%"));

        string build = Path.GetDirectoryName(ProgramPath("Predict"))!;
        string[] packages = [.. Directory.EnumerateFiles(build, "*.dll", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(file)!)];
        Assert.That(packages, Has.None.Matches<string>(file => file!.Contains("Torch", StringComparison.OrdinalIgnoreCase)));
        Assert.That(packages, Has.None.EqualTo("CsvHelper.dll").And.None.EqualTo("ScottPlot.dll").And.None.EqualTo("SkiaSharp.dll"));
    }

    [Test]
    public void Resume_PiecesInProcessesOfTheirOwn_GiveTheEventsOfOne()
    {
        using var folder = new TemporaryFolder();
        var corpus = new SyntheticCorpus(new SyntheticSettings());
        folder.WriteWav("talk.wav",
            [.. Enumerable.Range(0, 4).SelectMany(i => (float[])[.. corpus.Render(i * 9).Samples, .. new float[9000]])]);
        string model = SourceTree.Require("checkpoints/voices/model.safetensors");
        string whole = Run("Resume", folder.Path, model, folder["talk.wav"], folder["never"], "1e6");
        string pieces = string.Concat(Enumerable.Range(0, 5)
            .Select(i => Run("Resume", folder.Path, model, folder["talk.wav"], folder["state"], i < 4 ? "1.7" : "1e6")));
        Assert.That(folder["state"], Does.Exist);
        Assert.That(whole.Split('\n').Count(line => line.Contains("utterance-end", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(pieces, Is.EqualTo(whole));
    }

    [TestCase("Train")]
    [TestCase("Predict")]
    [TestCase("Resume")]
    public void Program_Length_IsShort(string sample)
    {
        IEnumerable<string> lines = File.ReadLines(SourceTree.Require($"samples/{sample}/Program.cs"));
        Assert.That(lines.Count(line => line.Trim().Length > 0), Is.LessThanOrEqualTo(MaxLines));
    }

    private static string Run(string sample, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ProgramPath(sample), .. arguments])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return output;
    }

    /// <summary>The sample built with the configuration of the tests.</summary>
    private static string ProgramPath(string sample)
    {
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        string build = SourceTree.Require($"samples/{sample}/bin/{configuration}");
        string? path = Directory.Exists(build)
            ? Directory.EnumerateFiles(build, sample + ".dll", SearchOption.AllDirectories).FirstOrDefault()
            : null;
        if (path is null)
            Assert.Ignore($"skipped: samples/{sample} is not built; dotnet test of the solution builds it");
        return path!;
    }
}
