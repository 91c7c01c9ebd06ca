using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

public partial class RoomOrderTests
{
    private static readonly RoomOrder Samples = new("RoomSamples", ["Upstream", "Downstream"], typeof(RoomOrderTests).Assembly.Location);

    private static RoomOrder Library() => new(
        RoomOrder.Root,
        [.. RoomOrder.Projects.SelectMany(project => project.Rooms)],
        [.. RoomOrder.Projects.Select(project => Path.Combine(AppContext.BaseDirectory, project.Project + ".dll"))]);

    [Test]
    public void Library_EveryType_RefersUpstreamOnly()
    {
        Assert.That(Library().Faults(), Is.Empty);
    }

    [Test]
    public void Library_EveryRoom_HoldsTypes()
    {
        Assert.That(Library().OccupiedRooms, Is.EquivalentTo(RoomOrder.Projects.SelectMany(project => project.Rooms)));
    }

    [Test]
    public void Library_EveryFile_DeclaresTheNamespaceOfItsRoom()
    {
        List<string> faults = [];
        int files = 0;
        foreach ((string project, string[] rooms) in RoomOrder.Projects)
        {
            string folder = SourceTree.Require($"src/{project}");
            foreach (string file in SourceTree.Files(folder, ".cs"))
            {
                files++;
                string[] place = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar);
                string room = place.Length > 1 ? place[0] : "";
                string expected = room.Length == 0 ? RoomOrder.Root : $"{RoomOrder.Root}.{room}";
                if (room.Length > 0 && !rooms.Contains(room))
                    faults.Add($"{file}: {room} is no room of {project}");
                foreach (Match declared in NamespaceDeclaration().Matches(File.ReadAllText(file)))
                    if (declared.Groups[1].Value is { } name && name != expected
                        && !name.StartsWith(expected + ".", StringComparison.Ordinal))
                        faults.Add($"{file}: the namespace is {name}, the folder {room}");
            }
        }
        Assert.That(faults, Is.Empty);
        Assert.That(files, Is.GreaterThan(5));
    }

    [TestCase("ByField", "screen")]
    [TestCase("ByBody", "Read")]
    [TestCase("ByLambda", "Read")]
    [TestCase("ByGenericArgument", "Read")]
    [TestCase("ByRelativeName", "Read")]
    [TestCase("ByAttribute", "type")]
    [TestCase("ByAttributeArgument", "type")]
    public void DownstreamFaults_SampleThatRefersDownstream_IsNamedWithItsPlace(string sample, string place)
    {
        Assert.That(Samples.DownstreamFaults()
            .Where(fault => fault.StartsWith($"RoomSamples.Upstream.{sample} ", StringComparison.Ordinal)),
            Has.Exactly(1).StartsWith($"RoomSamples.Upstream.{sample} ({place}) refers to RoomSamples.Downstream.")
                .And.EndsWith("Upstream may not use Downstream, which is downstream"));
    }

    [Test]
    public void DownstreamFaults_TypeOfTheRoot_MayUseNoRoom()
    {
        Assert.That(Samples.DownstreamFaults(), Has.Some.Contains("RoomSamples.AtTheRoot").And.Contains("the root may not use Upstream"));
    }

    // The compiler inlines constants: this use leaves no reference in the assembly.
    [TestCase("ByConstant")]
    [TestCase("Clean")]
    public void DownstreamFaults_SampleWithoutReference_IsNotNamed(string sample)
    {
        Assert.That(Samples.DownstreamFaults(), Has.None.Contains(sample + " ("));
    }

    [Test]
    public void NamespaceFaults_NamespaceThatIsNoRoom_IsNamed()
    {
        Assert.That(Samples.NamespaceFaults(),
            Is.EqualTo(new[] { "RoomSamples.Cellar.Stray: RoomSamples.Cellar is no room of the library" }));
    }

    [Test]
    public void MutualFaults_RoomsThatUseEachOther_AreNamedWithBothDirections()
    {
        Assert.That(Samples.MutualFaults().Single(fault => fault.StartsWith("Downstream", StringComparison.Ordinal)),
            Does.Match(@"^Downstream and Upstream use each other: "
                + @"RoomSamples\.Downstream\.Screen \([^)]+\) refers to RoomSamples\.Upstream\.Clean, "
                + @"and RoomSamples\.Upstream\.\w+ \([^)]+\) refers to RoomSamples\.Downstream\.\w+$"));
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
