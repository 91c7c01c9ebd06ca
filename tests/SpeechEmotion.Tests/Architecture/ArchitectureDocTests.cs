using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

/// <summary><c>docs/architecture.md</c> walks through files that exist, and never returns to a room that it has left.</summary>
public partial class ArchitectureDocTests
{
    private static readonly string[] Rooms = [.. RoomOrder.Projects.SelectMany(project => project.Rooms)];

    private static string Document => File.ReadAllText(SourceTree.Require("docs/architecture.md"));

    [Test]
    public void Links_ToFiles_LeadSomewhere()
    {
        string docs = SourceTree.Require("docs");
        string[] links = [.. Links().Matches(Document).Select(link => link.Groups[1].Value)];
        Assert.That(links, Has.Length.GreaterThan(30));
        Assert.That(links.Where(link => !File.Exists(Path.Combine(docs, link))), Is.Empty);
    }

    [TestCase("predict")]
    [TestCase("train")]
    [TestCase("live")]
    public void Walk_Rooms_ComeInTheirOrder(string verb)
    {
        string[] steps = Steps(Document, verb);
        Assert.That(steps, Has.Length.GreaterThan(8));
        Assert.That(steps[0], Does.StartWith("../src/SpeechEmotion.Cli/Commands/"));
        Assert.That(Returns(steps[1..]), Is.Empty);
    }

    [Test]
    public void Document_Rooms_AreAllNamedInTheirOrder()
    {
        foreach ((string _, string[] rooms) in RoomOrder.Projects)
            Assert.That(Document, Does.Contain($"`{string.Join(" → ", rooms)}`"));
    }

    [Test]
    public void Returns_WalkThatGoesBack_NamesTheFile()
    {
        string[] walk = ["../src/SpeechEmotion/Audio/A.cs", "../src/SpeechEmotion/Vad/B.cs", "../src/SpeechEmotion/Audio/C.cs"];
        Assert.That(Returns(walk), Is.EqualTo(new[] { walk[2] }));
    }

    /// <summary>The first link of each numbered step of a section.</summary>
    private static string[] Steps(string document, string verb)
    {
        string section = document.Split($"\n## {verb}\n")[1].Split("\n## ")[0];
        return [.. FirstLinks().Matches(section).Select(link => link.Groups[1].Value)];
    }

    /// <summary>The files whose room lies upstream of that of the file before.</summary>
    private static IEnumerable<string> Returns(string[] files) =>
        files.Skip(1).Where((file, index) => RankOf(file) < RankOf(files[index]));

    private static int RankOf(string file)
    {
        int rank = Array.IndexOf(Rooms, file.Split('/')[3]);
        Assert.That(rank, Is.GreaterThanOrEqualTo(0), file);
        return rank;
    }

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^\d+\. \[[^\]]*\]\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex FirstLinks();
}
