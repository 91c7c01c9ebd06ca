using System.Diagnostics;
using Spectre.Console.Testing;
using SpeechEmotion.Cli;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

[NonParallelizable]
public class CrossvalCommandTests
{
    private static readonly string[] Small =
    [
        "--set", "Corpus.Synthetic.Speakers=3", "--set", "Corpus.Synthetic.UtterancesPerEmotion=2", "--set", "Split.By=speaker", "--set",
        "Split.Folds=0",
        "--set", "Training.Epochs=1", "--set", "Training.BatchSize=8", "--set", "Model.Channels=8", "--set", "Name=small",
    ];

    [Test]
    public void Run_OneFoldASpeaker_TestsEveryUtteranceOnceWhateverTheNumberOfProcesses()
    {
        using var folder = new TemporaryFolder();

        (int code, string output, string errors) = Run(["crossval", .. Small, "--out", folder["two"], "--threads", "2"]);
        Assert.That(code, Is.Zero, errors);
        Assert.That(Run(["crossval", .. Small, "--out", folder["one"], "--threads", "1"]).Code, Is.Zero);

        EvaluationReport report = EvaluationReport.Load(Path.Combine(folder["two"], "report.json"));
        Assert.That(report.Utterances.Counted, Is.EqualTo(42));
        Assert.That(report.Protocol.Folds, Is.EqualTo(3));
        Assert.That(report.Protocol.SpeakersInBothParts, Is.False);
        Assert.That(report.Runs!.Folds!.Select(fold => (fold.Name, fold.Fold, fold.Utterances)),
            Is.EqualTo(new[] { ("fold-1", 1, 14), ("fold-2", 2, 14), ("fold-3", 3, 14) }));
        Assert.That(report.Runs.OverFolds!.Accuracy.Mean, Is.EqualTo(report.Accuracy.Value).Within(1e-12), "folds of one size");
        Assert.That(output, Does.Contain("mean ± standard deviation").And.Contain("fold-3"));
        foreach (string file in new[] { "predictions.csv", "fold-1/best.safetensors", "fold-2/best.safetensors", "fold-3/best.safetensors",
            "fold-3/split.csv" })
            Assert.That(File.ReadAllBytes(Path.Combine(folder["one"], file)),
                Is.EqualTo(File.ReadAllBytes(Path.Combine(folder["two"], file))), file);
        for (int fold = 1; fold <= 3; fold++)
            Assert.That(Path.Combine(folder["two"], $"fold-{fold}", "model-card.md"), Does.Exist);

        AssertTrainGivesTheSame(folder["two"], folder["alone"]);
        AssertResumes(folder["two"]);
    }

    /// <summary>A fold is trained in a process of its own on one thread; <c>train</c> runs it in this process on two.</summary>
    private static void AssertTrainGivesTheSame(string folds, string alone)
    {
        (int code, _, string errors) = Run(
            ["train", .. Small, "--set", "Split.Fold=2", "--set", "Name=small-fold-2", "--threads", "2", "--out", alone]);
        Assert.That(code, Is.Zero, errors);
        Assert.That(RunComparison.Differences(Path.Combine(folds, "fold-2"), alone), Is.Empty);
    }

    /// <summary>A fold that is gone is trained again, the others are kept.</summary>
    private static void AssertResumes(string path)
    {
        byte[] before = File.ReadAllBytes(Path.Combine(path, "predictions.csv"));
        DateTime kept = File.GetLastWriteTimeUtc(Path.Combine(path, "fold-1", "best.safetensors"));
        Directory.Delete(Path.Combine(path, "fold-2"), recursive: true);

        Assert.That(Run(["crossval", .. Small, "--out", path]).Code, Is.EqualTo(2), "an existing folder is refused");
        (int code, _, string errors) = Run(["crossval", .. Small, "--out", path, "--resume", "--set", "Training.Epochs=2"]);
        Assert.That((code, errors),
            Is.EqualTo((2, $"{path}: Training.Epochs = 2: the run was begun with 1; give another folder with --out{Environment.NewLine}")));
        (code, string output, errors) = Run(["crossval", .. Small, "--out", path, "--resume"]);

        Assert.That(code, Is.Zero, errors);
        Assert.That(output, Does.Contain("3 runs, 2 of them already finished"));
        Assert.That(File.ReadAllBytes(Path.Combine(path, "predictions.csv")), Is.EqualTo(before));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(path, "fold-1", "best.safetensors")), Is.EqualTo(kept));
    }

    [Test]
    public void Run_AFoldThatFails_StopsTheRestWithItsErrorInOneLine()
    {
        using var folder = new TemporaryFolder();

        (int code, _, string errors) = Run(["crossval", .. Small, "--out", folder.Path + "/x", "--set", "Training.LearningRate=1e30",
            "--set", "Training.GradientClip=0", "--set", "Training.WarmUp=0", "--set", "Training.Epochs=500"]);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(errors,
            Does.Match(@"^fold-\d: the (validation )?loss is .* Training\.LearningRate = 1E\+30 .*go on with --resume\r?\n$"));
    }

    [Test]
    public void Run_Stopped_LeavesNoProcessAndStatesWhatIsKept()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var console = new TestConsole();
        var errors = new StringWriter();
        Task<int> running = Task.Run(() =>
            Program.Run(["crossval", .. Small, "--out", folder["x"], "--set", "Training.Epochs=5000"], console, errors, stop.Token));
        string last = Path.Combine(folder["x"], "fold-1", "last.safetensors");
        for (Stopwatch clock = Stopwatch.StartNew(); !File.Exists(last) && clock.Elapsed < TimeSpan.FromMinutes(1); Thread.Sleep(20))
            Assert.That(running.IsCompleted, Is.False, errors.ToString());

        stop.Cancel();

        Assert.That(running.Result, Is.EqualTo(130));
        Assert.That(errors.ToString(), Does.StartWith($"interrupted; {folder["x"]} keeps 0 of 3 runs finished"));
        // A run holds its lock while it lives. One that had to be killed leaves the file behind, and nobody holds it.
        foreach (string left in Directory.GetFiles(folder["x"], ".lock", SearchOption.AllDirectories))
            Assert.That(() => new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose(), Throws.Nothing, left);
    }

    [TestCase(new[] { "--set", "Split.Fold=1" }, "Split.Fold = 1: crossval runs every fold; leave it 0")]
    [TestCase(new[] { "--set", "Split.By=predefined" }, "Split.By = predefined")]
    [TestCase(new[] { "--set", "Split.By=speaker", "--set", "Split.TestSpeakers=S01" }, "Split.TestSpeakers = S01")]
    public void Run_SettingsWithoutFolds_AreRefusedBeforeAnythingIsWritten(string[] arguments, string fault)
    {
        using var folder = new TemporaryFolder();

        (int code, _, string errors) = Run(["crossval", .. arguments, "--out", folder["x"]]);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(errors, Does.Contain(fault));
        Assert.That(folder["x"], Does.Not.Exist);
    }

    [Test]
    public void Train_TwoSeeds_WritesARunFolderForEachAndTheirSpread()
    {
        using var folder = new TemporaryFolder();

        (int code, string output, string errors) = Run(["train", .. Small, "--seeds", "2", "--out", folder["x"]]);

        Assert.That(code, Is.Zero, errors);
        EvaluationReport report = EvaluationReport.Load(Path.Combine(folder["x"], "report.json"));
        Assert.That(report.Runs!.Seeds!.Select(run => (run.Name, run.Seed)), Is.EqualTo(new[] { ("seed-1", 1), ("seed-2", 2) }));
        Assert.That(report.Runs.Folds, Is.Null);
        double[] each = [.. new[] { "seed-1", "seed-2" }
            .Select(name => EvaluationReport.Load(Path.Combine(folder["x"], name, "report.json")).Accuracy.Value)];
        Assert.That(report.Runs.OverSeeds!.Accuracy.Mean, Is.EqualTo(each.Average()).Within(1e-12));
        Assert.That(output, Does.Contain("By seed"));
        Assert.That(Run(["train", .. Small, "--out", folder["x"], "--resume"]).Errors, Does.Contain("--seeds"));
    }

    [TestCase(2, 8_000_000_000, 2)]
    [TestCase(8, 3_200_000_000, 2)]
    [TestCase(8, 100, 1)]
    public void AtOnce_ThreadsAndMemory_TheScarcerDecides(int threads, long memory, int expected) =>
        Assert.That(RunWorkers.AtOnce(threads, memory), Is.EqualTo(expected));

    [TestCase(2, 2, new[] { 1, 1 })]
    [TestCase(8, 3, new[] { 3, 3, 2 })]
    [TestCase(3, 0, new[] { 3 })]
    public void Divide_Threads_GivesEachProcessItsShare(int threads, int processes, int[] expected) =>
        Assert.That(RunWorkers.Divide(threads, processes), Is.EqualTo(expected));

    private static (int Code, string Output, string Errors) Run(string[] arguments)
    {
        var console = new TestConsole();
        console.Profile.Width = 200;
        var errors = new StringWriter();
        int code = Program.Run(arguments, console, errors, CancellationToken.None);
        return (code, console.Output, errors.ToString());
    }
}
