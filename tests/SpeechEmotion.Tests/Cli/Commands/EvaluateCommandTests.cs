using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Tests.Cli.Commands;

public class EvaluateCommandTests
{
    [Test]
    public void Evaluate_StoredModel_GivesTheMetricsOfTraining()
    {
        string results = TrainedRun.In("again");
        CommandLine.Run("evaluate", TrainedRun.Folder, "--out", results).Expect(0);

        EvaluationReport trained = Report(TrainedRun.Folder), again = Report(results);
        Assert.That(again.Accuracy, Is.EqualTo(trained.Accuracy));
        Assert.That(again.Uar, Is.EqualTo(trained.Uar));
        Assert.That(again.MacroF1, Is.EqualTo(trained.MacroF1));
        Assert.That(again.Protocol.Sentence, Is.EqualTo(trained.Protocol.Sentence));
        Assert.That(File.ReadAllBytes(Path.Combine(results, "predictions.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(TrainedRun.Folder, "predictions.csv"))));
        Assert.That(File.Exists(Path.Combine(results, "confusion.png")), Is.True);
    }

    [Test]
    public void Evaluate_WholeCorpus_CountsEveryUtterance()
    {
        string results = TrainedRun.In("all");
        CommandLine result = CommandLine.Run("evaluate", TrainedRun.Folder, "--split", "all", "--out", results).Expect(0);
        Assert.That(Report(results).Utterances.Counted, Is.EqualTo(56));
        Assert.That(result.Output, Does.Contain("also seen in training"), "most of it is the training part");
    }

    [Test]
    public void Evaluate_ModelOfSeveralCorpora_OnOneThatIsNamed()
    {
        string results = TrainedRun.In("one-corpus");
        CommandLine.Run("evaluate", "voices", "--split", "all", "--set", "Corpus.Kind=synthetic", "--set",
            "Corpus.Synthetic.UtterancesPerEmotion=1", "--out", results).Expect(0);
        Assert.That(Report(results).Protocol.Synthetic, Is.True);
    }

    [Test]
    public void Evaluate_LabelThatTheModelLacks_IsLeftOutAndCounted()
    {
        string results = TrainedRun.In("lacking");
        CommandLine result = CommandLine.Run(
            "evaluate", TrainedRun.Folder, "--split", "all", "--out", results, "--set", """Corpus.Labels={"anger":"rage"}""").Expect(0);
        EvaluationReport report = Report(results);
        Assert.That(report.Utterances.Counted, Is.EqualTo(48));
        Assert.That(report.Utterances.LeftOutByLabel, Is.EquivalentTo(new Dictionary<string, int> { ["rage"] = 8 }));
        Assert.That(result.Output, Does.Contain("left out: 8 utterances").And.Contain("rage 8"));
    }

    [Test]
    public void Evaluate_ChangedRecording_IsRefusedByName()
    {
        // Another seed makes other sounds, some under the same names or none of them.
        string error = CommandLine.Run("evaluate", TrainedRun.Folder, "--out", TrainedRun.In("changed"), "--set", "Corpus.Synthetic.Seed=2")
            .OnlyError(1);
        Assert.That(error, Does.Contain("has changed since").Or.Contain("test utterances are not there"));
    }

    [Test]
    public void Evaluate_AnotherCorpusWithoutSplitAll_IsReported()
    {
        string error = CommandLine.Run("evaluate", TrainedRun.Folder, "--set", "Corpus.Synthetic.UtterancesPerEmotion=1", "--out",
            TrainedRun.In("other-corpus")).OnlyError(1);
        Assert.That(error, Does.Contain("--split all"));
    }

    [Test]
    public void Evaluate_OtherThanCorpusSettings_IsRefused()
    {
        Assert.That(CommandLine.Run("evaluate", TrainedRun.Folder, "--set", "Features.HopLength=80").OnlyError(2),
            Does.Contain("only Corpus settings"));
    }

    [Test]
    public void Evaluate_WithoutSplitFile_PointsToSplitAll()
    {
        string alone = Directory.CreateDirectory(TrainedRun.In("alone")).FullName;
        File.Copy(Path.Combine(TrainedRun.Folder, "best.safetensors"), Path.Combine(alone, "best.safetensors"));
        Assert.That(CommandLine.Run("evaluate", alone).OnlyError(1), Does.Contain("split.csv").And.Contain("--split all"));
    }

    [Test]
    public void Evaluate_Stopped_WritesNothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        string results = TrainedRun.In("stopped-evaluation");
        Assert.That(CommandLine.Run(stop.Token, "evaluate", TrainedRun.Folder, "--out", results).OnlyError(130),
            Does.Contain("nothing was written").And.Contain(results));
        Assert.That(Directory.Exists(results), Is.False);
    }

    [Test]
    public void Evaluate_Robustness_MeasuresEveryConditionBesideTheCleanTest()
    {
        string results = TrainedRun.In("robust");
        CommandLine result = CommandLine.Run("evaluate", TrainedRun.Folder, "--robustness", "--out", results).Expect(0);

        EvaluationReport report = Report(results);
        Assert.That(report.Uar, Is.EqualTo(Report(TrainedRun.Folder).Uar));
        Assert.That(report.Robustness, Has.Count.EqualTo(29));
        foreach (RobustnessMetrics each in report.Robustness!.Where(each => each.Skipped is null))
        {
            Assert.That(each.Clean!.Uar.Value, Is.EqualTo(report.Uar.Value), each.Condition);
            Assert.That(each.Utterances, Is.EqualTo(report.Utterances.Counted));
            Assert.That(each.Accuracy, Is.EqualTo(each.Clean.Accuracy + each.Gained - each.Lost).Within(1e-9));
            Assert.That(each.Unchanged, Is.InRange(0, 1));
        }
        Assert.That(report.Robustness!.Where(each => each.Skipped is not null).Select(each => each.Condition),
            Is.SubsetOf(new[] { "MP3 32 kbit/s", "MP3 24 kbit/s", "Opus 16 kbit/s", "babble 20 dB", "babble 10 dB" }));
        Assert.That(report.Seconds.Keys, Does.Contain("robustness"));
        Assert.That(result.Output, Does.Contain("telephone band").And.Contain("same").And.Contain("model-card.md"));
        Assert.That(File.ReadAllText(Path.Combine(results, "model-card.md")), Does.Contain("## Robustness").And.Contain("| gain +20 dB |"));
        Assert.That(File.ReadAllText(Path.Combine(TrainedRun.Folder, "model-card.md")), Does.Not.Contain("## Robustness"));
    }

    [Test]
    public void Evaluate_WithoutRobustness_DoesNotMentionIt()
    {
        string results = TrainedRun.In("plain");
        CommandLine result = CommandLine.Run("evaluate", TrainedRun.Folder, "--out", results).Expect(0);
        Assert.That(Report(results).Robustness, Is.Null);
        Assert.That(File.ReadAllText(Path.Combine(results, "report.json")), Does.Not.Contain("robustness"));
        Assert.That(result.Output, Does.Not.Contain("Robustness"));
    }

    private static EvaluationReport Report(string folder) => EvaluationReport.Load(Path.Combine(folder, "report.json"));
}
