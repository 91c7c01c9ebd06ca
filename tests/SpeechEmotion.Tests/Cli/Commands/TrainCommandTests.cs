using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;

namespace SpeechEmotion.Tests.Cli.Commands;

public class TrainCommandTests
{
    [TestCase("config.json")]
    [TestCase("split.csv")]
    [TestCase("history.csv")]
    [TestCase("curves.png")]
    [TestCase("curves.svg")]
    [TestCase("confusion.png")]
    [TestCase("confusion.svg")]
    [TestCase("best.safetensors")]
    [TestCase("last.safetensors")]
    [TestCase("predictions.csv")]
    [TestCase("report.json")]
    [TestCase("model-card.md")]
    public void Train_Done_LeavesTheFile(string name)
    {
        Assert.That(new FileInfo(Path.Combine(TrainedRun.Folder, name)).Length, Is.GreaterThan(0));
    }

    [Test]
    public void Train_Done_LeavesNothingHalfWritten()
    {
        Assert.That(Directory.GetFiles(TrainedRun.Folder, "*.tmp", new EnumerationOptions { AttributesToSkip = 0 }), Is.Empty);
    }

    [Test]
    public void Train_OnTheConsole_PrintsCorpusEpochsAndMetrics()
    {
        Assert.That(TrainedRun.Result.Output,
            Does.Contain("56 utterances, 4 speakers, 7 emotions").And.Contain("2/2").And.Contain("accuracy"));
        Assert.That(TrainedRun.Result.Output, Does.Contain("made by the program itself"),
            "the output must state that the speech is synthetic");
        Assert.That(TrainedRun.Result.Errors, Is.Empty);
    }

    [Test]
    public void Train_Report_SaysHowToRepeatIt()
    {
        EvaluationReport report = EvaluationReport.Load(Path.Combine(TrainedRun.Folder, "report.json"));
        Assert.That(report.Chance!.Uar, Is.EqualTo(1.0 / 7));
        Assert.That(report.Corpus, Has.Property("Name").EqualTo("synthetic").And.Property("Utterances").EqualTo(56)
            .And.Property("Sha256").Length.EqualTo(64));
        RunEnvironment environment = report.Environment!;
        Assert.That(environment.Command, Does.StartWith("speech-emotion train ").And.Contain("--out"));
        Assert.That(environment.Date, Does.Match(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$"));
        Assert.That(environment.Libtorch, Does.StartWith("2."));
        Assert.That(environment.TorchSharp, Does.StartWith("0."));
        Assert.That(environment.Ffmpeg, Is.Null, "nothing was decoded by it");
        Assert.That(environment.Processor, Does.EndWith($"{Environment.ProcessorCount} threads"));
    }

    [Test]
    public void Train_EpochLines_FitIntoEightyColumns()
    {
        string[] lines = [.. TrainedRun.Result.Output.Split('\n').SkipWhile(line => !line.Contains("epoch     loss"))
            .TakeWhile(line => line.Trim().Length > 0)];
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThan(80));
    }

    [Test]
    public void Train_SameConfig_GivesTheSameBytes()
    {
        string twin = TrainedRun.In("twin");
        CommandLine.Run("train", TrainedRun.ConfigPath, "--out", twin).Expect(0);
        foreach (string name in new[] { "best.safetensors", "predictions.csv", "split.csv", "config.json" })
            Assert.That(File.ReadAllBytes(Path.Combine(twin, name)), Is.EqualTo(File.ReadAllBytes(Path.Combine(TrainedRun.Folder, name))),
                name);
    }

    [Test]
    public void Train_FolderWithARun_IsRefused()
    {
        string error = CommandLine.Run("train", TrainedRun.ConfigPath, "--out", TrainedRun.Folder).OnlyError(2);
        Assert.That(error, Does.StartWith(TrainedRun.Folder).And.Contain("--resume").And.Contain("--out"));
    }

    [Test]
    public void Train_ResumeWhenFinished_KeepsTheWeights()
    {
        string copy = CopyOfRun("finished");
        CommandLine.Run("train", TrainedRun.ConfigPath, "--out", copy, "--resume").Expect(0);
        Assert.That(File.ReadAllBytes(Path.Combine(copy, "best.safetensors")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(TrainedRun.Folder, "best.safetensors"))));
    }

    [Test]
    public void Train_ResumeWithOtherSettings_NamesTheSettingAndBothValues()
    {
        string error = CommandLine.Run("train", TrainedRun.ConfigPath, "--out", TrainedRun.Folder, "--resume", "--set", "Training.Epochs=3")
            .OnlyError(2);
        Assert.That(error, Does.Contain("Training.Epochs = 3").And.Contain("begun with 2"));
    }

    [Test]
    public void Train_ResumeAfterOneEpoch_EqualsTheWholeRun()
    {
        // A run of one epoch would not do as the first half: its learning rate falls to zero within that epoch.
        string folder = TrainedRun.In("stopped");
        CommandLine stopped = CommandLine.RunUntil("    1/2 ", "train", TrainedRun.ConfigPath, "--out", folder);
        Assert.That(stopped.OnlyError(130), Does.Contain(folder).And.Contain("--resume"));
        Assert.That(File.ReadAllLines(Path.Combine(folder, "history.csv")), Has.Length.EqualTo(2), "the heading and the first epoch");

        CommandLine.Run("train", TrainedRun.ConfigPath, "--out", folder, "--resume").Expect(0);

        Assert.That(
            Checkpoint.Load(Path.Combine(folder, "best.safetensors")).Weights["members.0.output.weight"].Data,
            Is.EqualTo(Checkpoint.Load(Path.Combine(TrainedRun.Folder, "best.safetensors")).Weights["members.0.output.weight"].Data));
    }

    [Test]
    public void Train_StoppedBeforeTheFirstEpoch_CanBeStartedAgain()
    {
        string folder = TrainedRun.In("early");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.That(CommandLine.Run(stop.Token, "train", TrainedRun.ConfigPath, "--out", folder).OnlyError(130),
            Does.Contain("nothing was kept"));
        Assert.That(CommandLine.Run("train", TrainedRun.ConfigPath, "--out", folder).Code, Is.EqualTo(0));
    }

    [Test]
    public void Train_CorpusNotThere_StatesWhereToGetItAndBlocksNothing()
    {
        string folder = TrainedRun.In("no-corpus"), data = TrainedRun.In("nowhere");
        string[] args = ["train", TrainedRun.ConfigPath, "--set", "Corpus.Kind=tess", "--data", data, "--out", folder];
        string first = CommandLine.Run(args).OnlyError(1);
        Assert.That(first, Does.StartWith(data).And.Contain("https://").And.Contain("--data"));
        Assert.That(CommandLine.Run(args).OnlyError(1), Is.EqualTo(first));
    }

    [Test]
    public void Train_OutIsAFile_NamesIt()
    {
        Assert.That(CommandLine.Run("train", TrainedRun.ConfigPath, "--out", TrainedRun.ConfigPath).OnlyError(2),
            Does.StartWith(TrainedRun.ConfigPath).And.Contain("--out"));
    }

    [Test]
    public void Train_OneEmotionAlone_IsRefusedBeforeTraining()
    {
        string[] others = ["disgust", "fear", "happiness", "neutral", "sadness", "surprise"];
        string labels = $"Corpus.Labels={{{string.Join(',', others.Select(other => $"\"{other}\":\"anger\""))}}}";
        CommandLine result = CommandLine.Run("train", TrainedRun.ConfigPath, "--out", TrainedRun.In("one"), "--set", labels);
        Assert.That(result.OnlyError(1), Does.Contain("every utterance is anger"));
        Assert.That(result.Output, Does.Not.Contain("1/2"));
    }

    [Test]
    public void Train_DroppedLabel_IsNotInTheModel()
    {
        string folder = TrainedRun.In("dropped");
        CommandLine.Run("train", TrainedRun.ConfigPath, "--out", folder, "--set", """Corpus.Labels={"anger":"","disgust":"dislike"}""",
            "--set", "Training.Epochs=1").Expect(0);
        Assert.That(Checkpoint.Load(Path.Combine(folder, "best.safetensors")).Labels,
            Is.EqualTo(new[] { "dislike", "fear", "happiness", "neutral", "sadness", "surprise" }));
    }

    [TestCase("Model.Kind=lstm")]
    [TestCase("Model.Kind=conv-lstm")]
    [TestCase("Training.BatchSize=5000")]
    public void Train_OtherSettings_Trains(string change)
    {
        CommandLine.Run("train", TrainedRun.ConfigPath, "--out", TrainedRun.In(change), "--set", change, "--set", "Training.Epochs=1",
            "--set", "Model.LstmUnits=4", "--threads", "1").Expect(0);
    }

    private static string CopyOfRun(string name)
    {
        string copy = Directory.CreateDirectory(TrainedRun.In(name)).FullName;
        foreach (string file in Directory.GetFiles(TrainedRun.Folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }
}
