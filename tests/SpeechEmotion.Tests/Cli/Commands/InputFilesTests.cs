using SpeechEmotion.Cli.Commands;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli.Commands;

/// <summary>The search in folders of predict, features and --enrol.</summary>
internal sealed class InputFilesTests
{
    [Test]
    public void Expand_Folder_TakesWhatACorpusTakes()
    {
        using TemporaryFolder folder = new();
        folder.Touch("b/2.MOV", "a.wav", "b/1.amr", "b/.hidden.wav", "__MACOSX/a.wav", "notes.txt", "c.3gp");
        using StringWriter errors = new();

        Assert.That(InputFiles.Expand([folder.Path], errors),
            Is.EqualTo(new[] { folder["a.wav"], folder[Path.Combine("b", "1.amr")], folder[Path.Combine("b", "2.MOV")], folder["c.3gp"] }));
        Assert.That(errors.ToString(), Is.Empty);
    }

    [Test, Platform(Exclude = "Win")]
    public void Expand_Links_AreFollowedOrReported()
    {
        using TemporaryFolder folder = new(), outside = new();
        outside.Touch("x/1.wav");
        Directory.CreateSymbolicLink(folder["out"], outside.Path);
        Directory.CreateSymbolicLink(folder["up"], folder.Path);
        File.CreateSymbolicLink(folder["gone.wav"], folder["nowhere.wav"]);
        File.CreateSymbolicLink(folder["one.wav"], outside["x/1.wav"]);
        using StringWriter errors = new();

        Assert.That(InputFiles.Expand([folder.Path], errors), Is.EqualTo(new[] { folder["one.wav"], folder["out/x/1.wav"] }));
        Assert.That(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            $"{folder["gone.wav"]}: a broken link: its target is not there",
            $"{folder["up"]}: a link to a folder that is listed already",
        }));
        Assert.That(InputFiles.Expand([folder["on*"]], errors), Is.EqualTo(new[] { folder["one.wav"] }));
    }
}
