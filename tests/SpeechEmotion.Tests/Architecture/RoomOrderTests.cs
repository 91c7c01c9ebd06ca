namespace SpeechEmotion.Tests.Architecture;

public class RoomOrderTests
{
    [Test]
    public void Library_EveryFile_LooksUpstreamAlone()
    {
        string library = SourceTree.Require("src/SpeechEmotion");
        List<string> faults = [];
        int files = 0;
        foreach (string file in SourceTree.Files(library, ".cs"))
        {
            string relative = Path.GetRelativePath(library, file);
            string folder = relative.Contains(Path.DirectorySeparatorChar) ? relative[..relative.IndexOf(Path.DirectorySeparatorChar)] : "";
            if (folder.Length > 0 && !RoomOrder.Rooms.Contains(folder))
                faults.Add($"{relative}: {folder} is no room of the library");
            faults.AddRange(RoomOrder.Faults(relative, folder, File.ReadLines(file)));
            files++;
        }
        Assert.That(faults, Is.Empty);
        Assert.That(files, Is.GreaterThan(5));
    }

    [TestCase("Audio", "using SpeechEmotion.Training;", ExpectedResult = 1)]
    [TestCase("Audio", "using static SpeechEmotion.Live.Screen;", ExpectedResult = 1)]
    [TestCase("Features", "using Net = SpeechEmotion.Models.Network;", ExpectedResult = 1)]
    [TestCase("Models", "    private SpeechEmotion.Inference.Window window;", ExpectedResult = 1)]
    [TestCase("", "using SpeechEmotion.Settings;", ExpectedResult = 1)]
    [TestCase("Audio", "using SpeechEmotion.Gadgets;", ExpectedResult = 1)]
    [TestCase("Training", "using SpeechEmotion.Audio;", ExpectedResult = 0)]
    [TestCase("Audio", "namespace SpeechEmotion.Audio;", ExpectedResult = 0)]
    [TestCase("Audio", "    // SpeechEmotion.Training. reads this", ExpectedResult = 0)]
    public int Faults_OneLine_CountsDownstreamMentions(string room, string line) =>
        RoomOrder.Faults("Sample.cs", room, [line]).Count();
}
