namespace SpeechEmotion.Tests.Cli.Commands;

public class InfoCommandTests
{
    [Test]
    public void Info_RunFolder_StatesWhatTheModelIs()
    {
        string output = CommandLine.Run("info", TrainedRun.Folder).Expect(0).Output;
        Assert.That(output, Does.Contain("anger, disgust, fear, happiness, neutral, sadness, surprise"));
        Assert.That(output, Does.Contain("run tiny, seed 5").And.Contain("synthetic: 28 utterances"));
        Assert.That(output, Does.Contain("output.weight").And.Contain("\"Channels\""));
    }

    [Test]
    public void Info_FolderWithoutCheckpoint_IsNamed()
    {
        string folder = Directory.CreateDirectory(TrainedRun.In("without")).FullName;
        Assert.That(CommandLine.Run("info", folder).OnlyError(1), Does.StartWith(folder).And.Contain("best.safetensors"));
    }

    [Test]
    public void Info_AnotherFile_IsNamed()
    {
        Assert.That(CommandLine.Run("info", TrainedRun.ConfigPath).OnlyError(1),
            Does.StartWith(TrainedRun.ConfigPath).And.Contain("safetensors"));
    }
}
