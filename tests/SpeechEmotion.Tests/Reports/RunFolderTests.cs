using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Training;

namespace SpeechEmotion.Tests.Reports;

public class RunFolderTests
{
    private static readonly RunSettings Settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { Epochs = 1 } };

    [Test]
    public void Open_NewFolder_WritesTheResolvedSettings()
    {
        using var place = new TemporaryFolder();
        Assert.That(Open(place["run"], Settings, resume: false), Is.Null);
        Assert.That(SettingsFile.ToJson(SettingsFile.Load(Path.Combine(place["run"], "config.json"))),
            Is.EqualTo(SettingsFile.ToJson(Settings)));
    }

    [Test]
    public void Open_FolderWithSettingsAlone_BeginsAnew()
    {
        using var place = new TemporaryFolder();
        Open(place.Path, Settings, resume: false);
        File.WriteAllText(place["split.csv"], "");
        RunSettings other = Settings with { Seed = 99 };
        Assert.That(Open(place.Path, other, resume: false), Is.Null);
        Assert.That(SettingsFile.Load(place["config.json"]).Seed, Is.EqualTo(99));
        Assert.That(() => Open(place.Path, Settings, resume: true), Throws.Nothing, "nothing was trained that it could spoil");
    }

    [TestCase("history.csv")]
    [TestCase("holiday.jpg")]
    [TestCase("last.safetensors")]
    public void Open_FolderWithAnythingElse_IsRefused(string name)
    {
        using var place = new TemporaryFolder();
        File.WriteAllText(place[name], "kept");
        Assert.That(() => Open(place.Path, Settings, resume: false),
            Throws.TypeOf<SettingsException>().With.Message.StartsWith(place.Path).And.Message.Contains("--resume"));
        Assert.That(Directory.GetFileSystemEntries(place.Path), Has.Length.EqualTo(1));
        Assert.That(File.ReadAllText(place[name]), Is.EqualTo("kept"));
    }

    [Test]
    public void Open_Resumed_GivesTheState()
    {
        using TemporaryFolder place = Trained();
        Checkpoint? last = Open(place.Path, Settings, resume: true);
        Assert.That(last!.Metadata, Contains.Key("training.history"));
        Assert.That(new RunFolder(place.Path).DescribeKeptWork(), Does.Contain(place.Path).And.Contain("--resume"));
    }

    [Test]
    public void Open_ResumedWithOtherSettings_NamesTheFirstDifference()
    {
        using TemporaryFolder place = Trained();
        RunSettings other = Settings with { Model = Settings.Model with { Channels = [8, 9] },
            Training = Settings.Training with { Epochs = 7 } };
        Assert.That(
            () => Open(place.Path, other, resume: true),
            Throws.TypeOf<SettingsException>().With.Message.EqualTo(
                $"{place.Path}: Model.Channels = [8,9]: the run was begun with [8,8]; give another folder with --out"));
    }

    [Test]
    public void DescribeKeptWork_BeforeTheFirstEpoch_IsNothing()
    {
        using var place = new TemporaryFolder();
        Assert.That(new RunFolder(place.Path).DescribeKeptWork(), Does.Contain("nothing was kept"));
    }

    private static Checkpoint? Open(string path, RunSettings settings, bool resume)
    {
        using var folder = new RunFolder(path);
        return folder.Open(settings, resume);
    }

    /// <summary>A run of one epoch.</summary>
    private static TemporaryFolder Trained()
    {
        var place = new TemporaryFolder();
        Open(place.Path, Settings, resume: false);
        SmallRun.Train(Settings, place.Path);
        return place;
    }
}
