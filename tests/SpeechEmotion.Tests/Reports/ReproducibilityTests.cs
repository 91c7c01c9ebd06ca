using SpeechEmotion.Evaluation;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Cli;

namespace SpeechEmotion.Tests.Reports;

public class ReproducibilityTests
{
    [TestCase(CpuLevel.Avx2, null, "cpu", "to the last bit", "on x64 processors with AVX2", "another level can give another result")]
    [TestCase(CpuLevel.Native, null, "cpu", "to the last bit", "on the same machine", "another level can give another result")]
    [TestCase(CpuLevel.Native, "this processor has no AVX2", "cpu", "on the same machine", "at level native", "because this processor has")]
    [TestCase(CpuLevel.Avx2, null, "cuda", "trained on cuda", "nearly the same weights", "not the same bits")]
    public void Describe_LevelAndDevice_StatesTheConditions(
        CpuLevel level, string? fallback, string device, string first, string second, string third) =>
        Assert.That(Reproducibility.Describe(new LibTorchLevel(level, fallback), device),
            Does.Contain(first).And.Contain(second).And.Contain(third));

    [Test]
    public void DescribeRuns_TheSameOfEach_IsTheirs()
    {
        string one = Reproducibility.Describe(new LibTorchLevel(CpuLevel.Avx2), "cpu"),
            two = Reproducibility.Describe(new LibTorchLevel(CpuLevel.Native), "cpu");
        Assert.That(Reproducibility.DescribeRuns([one, one]), Is.EqualTo(one));
        Assert.That(Reproducibility.DescribeRuns([one, two]), Is.Null);
        Assert.That(Reproducibility.DescribeRuns([null, null]), Is.Null);
    }

    /// <summary>The statement in the report holds: trainings with other numbers of threads give the same bits.</summary>
    [TestCase(1, 1, 4)]
    [TestCase(2, 2, 3)]
    [NonParallelizable]
    public void Train_OtherThreads_GivesTheSameBitsAndReportsIt(int torchThreads, int threads, int otherThreads)
    {
        string[] runs = [TrainedRun.In($"threads-a-{torchThreads}"), TrainedRun.In($"threads-b-{torchThreads}")];
        foreach ((string run, int count) in runs.Zip([threads, otherThreads]))
            Assert.That(ProgramProcess.Run("train", TrainedRun.ConfigPath, "--set", $"Training.TorchThreads={torchThreads}",
                "--threads", $"{count}", "--out", run).Code, Is.Zero);

        Assert.That(File.ReadAllBytes(Path.Combine(runs[1], "best.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(runs[0], "best.safetensors"))));
        string expected = Reproducibility.Describe(LibTorch.Load(CpuLevel.Avx2), "cpu");
        Assert.That(EvaluationReport.Load(Path.Combine(runs[0], "report.json")).Reproducible, Is.EqualTo(expected));
        Assert.That(File.ReadAllText(Path.Combine(runs[0], "model-card.md")), Does.Contain(expected));
    }

    [Test]
    public void Train_MoreTorchThreadsThanThreads_NamesBoth() =>
        Assert.That(CommandLine.Run("train", TrainedRun.ConfigPath, "--set", "Training.TorchThreads=5", "--threads", "4",
            "--out", TrainedRun.In("too-few")).OnlyError(2),
            Is.EqualTo("Training.TorchThreads: 5: the run may use 4; give --threads 5 or more"));
}
