using SpeechEmotion.Audio;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Audio;

internal sealed class AudioTreeTests
{
    [Test]
    public void Files_AllSorts_GivesSoundsInOrdinalOrder()
    {
        using TemporaryFolder folder = new();
        folder.Touch(
            "b/2.WAV", "b/10.wav", "B/1.flac", "a.mp3", "声/怒 り.ogg", "x/y/z.Aiff", "x/y/z.opus", "notes.txt", "b/list.csv",
            ".hidden.wav", "b/._2.wav", ".cache/3.wav", "__MACOSX/b/2.wav");

        Assert.That(
            AudioTree.Files(folder.Path),
            Is.EqualTo(new[] { "B/1.flac", "a.mp3", "b/10.wav", "b/2.WAV", "x/y/z.Aiff", "x/y/z.opus", "声/怒 り.ogg" }));
    }

    [Test]
    public void Files_LinksInCircles_WalksEachFolderOnceUnderItsOwnName()
    {
        using TemporaryFolder folder = new();
        folder.Touch("real/1.wav", "real/deep/2.wav");
        Link(folder["a-link"], folder["real"]);
        Link(folder["real/deep/up"], folder.Path);
        Link(folder["lost"], folder["nowhere"]);

        List<SkippedEntry> skipped = [];
        Assert.That(AudioTree.Files(folder.Path, skipped.Add), Is.EqualTo(new[] { "real/1.wav", "real/deep/2.wav" }));
        Assert.That(skipped, Is.EqualTo(new[]
        {
            new SkippedEntry("a-link", "a link to a folder that is listed already", IsUnreadable: false),
            new SkippedEntry("lost", "a broken link: its target is not there", IsUnreadable: true),
            new SkippedEntry("real/deep/up", "a link to a folder that is listed already", IsUnreadable: false),
        }));
    }

    [Test]
    public void Files_LinksToOneFolderOutside_FollowsTheFirstByName()
    {
        using TemporaryFolder folder = new(), outside = new();
        outside.Touch("1.wav");
        Link(folder["two"], outside.Path);
        Link(folder["one"], outside.Path);

        List<SkippedEntry> skipped = [];
        Assert.That(AudioTree.Files(folder.Path, skipped.Add), Is.EqualTo(new[] { "one/1.wav" }));
        Assert.That(skipped.Select(entry => entry.Path), Is.EqualTo(new[] { "two" }));
    }

    [Test]
    public void Files_FolderItselfALink_IsFollowed()
    {
        using TemporaryFolder folder = new(), outside = new();
        outside.Touch("sub/1.wav");
        Link(folder["data"], outside.Path);

        Assert.That(AudioTree.Files(folder["data"]), Is.EqualTo(new[] { "sub/1.wav" }));
    }

    [Test]
    public void Files_LinksToFiles_AreListedUnderEachNameAndBrokenOnesReported()
    {
        using TemporaryFolder folder = new(), outside = new();
        outside.Touch("x.wav");
        folder.Touch("real/1.wav");
        Link(folder["inside.wav"], folder["real/1.wav"]);
        Link(folder["outside.wav"], outside["x.wav"]);
        Link(folder["gone.wav"], outside["y.wav"]);
        Link(folder["self.wav"], folder["self.wav"]);
        Link(folder["there.wav"], folder["back.wav"]);
        Link(folder["back.wav"], folder["there.wav"]);

        List<SkippedEntry> skipped = [];
        Assert.That(AudioTree.Files(folder.Path, skipped.Add), Is.EqualTo(new[] { "inside.wav", "outside.wav", "real/1.wav" }));
        Assert.That(skipped.Select(entry => entry.Path), Is.EqualTo(new[] { "back.wav", "gone.wav", "self.wav", "there.wav" }));
        Assert.That(skipped.Select(entry => entry.IsUnreadable), Is.All.True);
    }

    private static void Link(string link, string target)
    {
        try
        {
            Directory.CreateSymbolicLink(link, target);
        }
        catch (IOException fault) when (OperatingSystem.IsWindows())
        {
            Assert.Ignore($"skipped: this account may not make links: {fault.Message}");
        }
    }
}
