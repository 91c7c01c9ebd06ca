using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

public class RunFolderLockTests
{
    private static readonly RunSettings Settings = new();

    [Test]
    public void Open_WhileAnotherWritesThere_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var first = new RunFolder(folder["run"]);
        first.Open(Settings, resume: false);
        using (var second = new RunFolder(folder["run"]))
            foreach (bool resume in new[] { true, false })
                Assert.That(() => second.Open(Settings, resume), Throws.TypeOf<SettingsException>().With.Message.EqualTo(
                    $"{folder["run"]}: another process is writing into the folder: wait until it ends, or give another with --out"));
        first.Dispose();

        using var third = new RunFolder(folder["run"]);
        Assert.That(() => third.Open(Settings, resume: true), Throws.Nothing);
    }

    [Test]
    public void Open_ExistingFolderWithoutResume_IsRefusedAndStaysAsItWas()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mine.txt"], "");
        using (var run = new RunFolder(folder.Path))
            Assert.That(() => run.Open(Settings, resume: false), Throws.TypeOf<SettingsException>().With.Message.Contains("--resume"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["mine.txt"] }));
    }

    [Test]
    public void Open_Resumed_ClearsWhatAKilledWriterLeft()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[$".last.safetensors.{Path.GetRandomFileName()}.tmp"], "half");
        File.WriteAllText(folder[".lock"], "");
        using (var run = new RunFolder(folder.Path))
            run.Open(Settings, resume: true);
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["config.json"] }));
    }
}
