using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Settings;

internal sealed class AtomicFileTests
{
    [Test]
    public void Write_FolderMissing_MakesItAndLeavesOneFile()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "new", "a.txt");

        AtomicFile.WriteText(path, "ü");

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(new byte[] { 0xc3, 0xbc }));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_WriterFails_KeepsWhatWasThere()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "a.txt");
        AtomicFile.WriteText(path, "old");

        Assert.That(
            () => AtomicFile.Write(path, stream =>
            {
                stream.Write("half"u8);
                throw new InvalidOperationException("stop");
            }),
            Throws.InvalidOperationException);

        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_FileExists_ReplacesIt()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "a.txt");
        AtomicFile.WriteText(path, "a long old text");

        AtomicFile.WriteText(path, "new");

        Assert.That(File.ReadAllText(path), Is.EqualTo("new"));
    }

    [Test]
    public void Write_FolderThatCannotBeMade_NamesIt()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "file"), below = Path.Combine(file, "run");
        File.WriteAllText(file, "");

        Assert.That(() => AtomicFile.WriteText(Path.Combine(below, "a.txt"), ""),
            Throws.InstanceOf<IOException>().With.Message.StartsWith($"{below}: the folder cannot be made"));
    }

    [Test]
    public void DeleteLeftovers_OfKilledWriters_LeavesEverythingElse()
    {
        using TemporaryFolder folder = new();
        string[] others = [".config.json.tmp", ".lock", "a.tmp", "last.safetensors"];
        foreach (string name in others.Append($".last.safetensors.{Path.GetRandomFileName()}.tmp")
            .Append($".a.{Path.GetRandomFileName()}.tmp"))
            File.WriteAllText(Path.Combine(folder.Path, name), "half");

        AtomicFile.DeleteLeftovers(folder.Path);

        Assert.That(Directory.GetFiles(folder.Path).Select(path => Path.GetFileName(path)), Is.EquivalentTo(others));
    }
}
