using SpeechEmotion.Evaluation;
using SpeechEmotion.Reports;
using SpeechEmotion.Tests.Cli;

namespace SpeechEmotion.Tests.Reports;

public class ReproducibilityTests
{
    [TestCase(1, "cpu", "to the last bit", "one thread as here (--threads 1 or 2)")]
    [TestCase(3, "cpu", "to the last bit", "3 threads as here (--threads 4)")]
    [TestCase(3, "cuda", "trained on cuda", "not the same bits")]
    public void Describe_ThreadsAndDevice_StatesTheConditions(int threads, string device, string first, string second) =>
        Assert.That(Reproducibility.Describe(threads, device), Does.Contain(first).And.Contain(second));

    [Test]
    public void DescribeRuns_OneThreadEach_DoesNotDependOnThreads()
    {
        string one = Reproducibility.Describe(1, "cpu"), two = Reproducibility.Describe(2, "cpu");
        Assert.That(Reproducibility.DescribeRuns([one, one]), Is.EqualTo(Reproducibility.ForProcesses));
        Assert.That(Reproducibility.DescribeRuns([two, two]), Is.EqualTo(two));
        Assert.That(Reproducibility.DescribeRuns([one, two]), Is.Null);
        Assert.That(Reproducibility.DescribeRuns([null, null]), Is.Null);
    }

    /// <summary>The statement in the report holds: two trainings with the number of threads that it names give the same bits.</summary>
    [TestCase(2)]
    [TestCase(3)]
    [NonParallelizable]
    public void Train_TwiceWithTheSameThreads_GivesTheSameBitsAndReportsIt(int threads)
    {
        string[] runs = [TrainedRun.In($"twice-a-{threads}"), TrainedRun.In($"twice-b-{threads}")];
        foreach (string run in runs)
            Assert.That(ProgramProcess.Run("train", TrainedRun.ConfigPath, "--threads", $"{threads}", "--out", run).Code, Is.Zero);

        Assert.That(File.ReadAllBytes(Path.Combine(runs[1], "best.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(runs[0], "best.safetensors"))));
        Assert.That(EvaluationReport.Load(Path.Combine(runs[0], "report.json")).Reproducible,
            Is.EqualTo(Reproducibility.Describe(threads - 1, "cpu")));
        Assert.That(File.ReadAllText(Path.Combine(runs[0], "model-card.md")), Does.Contain(Reproducibility.Describe(threads - 1, "cpu")));
    }
}
