using System.Text;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Settings;

internal sealed class AtomicFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("speech-emotion-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Write_NewFolder_LeavesTheFileAlone()
    {
        string path = Path.Combine(_folder, "new", "x.txt");
        AtomicFile.Write(path, stream => stream.Write("text"u8));
        Assert.That(File.ReadAllText(path), Is.EqualTo("text"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void Write_FaultHalfWay_KeepsTheOldFile()
    {
        string path = Path.Combine(_folder, "x.txt");
        File.WriteAllText(path, "old");
        Assert.That(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("half"));
            throw new IOException("disk full");
        }), Throws.TypeOf<IOException>());
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }
}
