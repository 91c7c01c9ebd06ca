using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Naming;

public class CorpusNamesTests
{
    private const string Rows = "path,emotion,speaker\na.wav,sad,x\nb.wav,joy,\n";

    [TestCase("manifest", "lists/emovo.csv", "", ExpectedResult = "emovo")]
    [TestCase("manifest", "lists", "emovo.csv", ExpectedResult = "emovo")]
    [TestCase("manifest", "emovo/manifest.csv", "", ExpectedResult = "emovo")]
    [TestCase("manifest", "emovo", "", ExpectedResult = "emovo")]
    [TestCase("manifest", "emovo/", "", ExpectedResult = "emovo")]
    [TestCase("manifest", "emovo", "../emovo/manifest.csv", ExpectedResult = "emovo")]
    [TestCase("folders", "mine", "", ExpectedResult = "mine")]
    [TestCase("folders", "mine/.", "", ExpectedResult = "mine")]
    [TestCase("tess", "somewhere", "", ExpectedResult = "tess")]
    [TestCase("synthetic", "", "", ExpectedResult = "synthetic")]
    public string Scan_WithoutName_TakesTheDefault(string kind, string data, string manifest)
    {
        using TemporaryFolder folder = new();
        foreach (string file in new[] { "lists/emovo.csv", "emovo/manifest.csv" })
            folder.Write(file, Encoding.UTF8.GetBytes(Rows));
        folder.Touch("mine/anna/sad/1.wav", "somewhere/OAF_back_angry.wav");
        string json = $$"""{ "Corpus": { "Kind": "{{kind}}"{{(manifest.Length > 0 ? $", \"Manifest\": \"{manifest}\"" : "")}} } }""";

        CorpusListing listing = CorpusListing.Scan(SettingsFile.Parse(json, "test").Corpus, data.Length == 0 ? "" : folder[data]);

        string name = listing.Names.Single();
        Assert.That(listing.Utterances.Select(each => each.Speaker).Where(speaker => speaker.Length > 0).Distinct(),
            Is.Not.Empty.And.All.StartsWith($"{name}/"));
        return name;
    }

    [Test]
    public void Scan_ExplicitName_NamesTheSpeakersAndNotThePaths()
    {
        using TemporaryFolder folder = new();
        folder.Write("manifest.csv", Encoding.UTF8.GetBytes(Rows));

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "mine" }, folder.Path);

        Assert.That(listing.Utterances.Select(each => (each.Path, each.Speaker)), Is.EqualTo(new[] { ("a.wav", "mine/x"), ("b.wav", "") }));
    }

    [Test]
    public void Scan_ManifestsOfOneFolder_AreJoinedByTheirNames()
    {
        using TemporaryFolder folder = new();
        folder.Write("one.csv", Encoding.UTF8.GetBytes(Rows));
        folder.Write("two.csv", Encoding.UTF8.GetBytes(Rows));
        CorpusSettings one = new() { Kind = CorpusKind.Manifest, Manifest = "one.csv" }, two = one with { Manifest = "two.csv" };

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Sources = [one, two] }, folder.Path);

        Assert.That(listing.Names, Is.EqualTo(new[] { "one", "two" }));
        Assert.That(listing.Utterances.Select(each => (each.Path, each.Speaker)), Is.EqualTo(new[]
        {
            ("one/a.wav", "one/x"), ("one/b.wav", ""), ("two/a.wav", "two/x"), ("two/b.wav", ""),
        }));
        Assert.That(listing.Entries.Select(entry => entry.File),
            Is.EqualTo(new[] { folder["a.wav"], folder["b.wav"], folder["a.wav"], folder["b.wav"] }));
        Assert.That(() => CorpusListing.Scan(new CorpusSettings { Sources = [one, two with { Folder = "." }, one] }, folder.Path),
            Throws.ArgumentException.With.Message.EqualTo(
                "Corpus.Sources[2].Manifest = 'one.csv': an earlier source of kind manifest has the same file"));
    }

    [Test]
    public void Scan_EqualDefaultNames_AreNumbered()
    {
        using TemporaryFolder folder = new();
        folder.Touch("a/own/anna/sad/1.wav", "b/own/anna/sad/1.wav", "c/own/anna/sad/1.wav", "d/anna/sad/1.wav");
        CorpusSettings[] sources = [.. new[] { "a/own", "b/own", "c/own", "d" }
            .Select(place => new CorpusSettings { Kind = CorpusKind.Folders, Folder = place })];
        sources[3] = sources[3] with { Name = "own-2" };

        Assert.That(CorpusListing.Scan(new CorpusSettings { Sources = sources }, folder.Path).Names,
            Is.EqualTo(new[] { "own", "own-3", "own-4", "own-2" }), "a given name is never taken by a default one");
    }

    [Test]
    public void Scan_EqualGivenNames_AreRefused()
    {
        CorpusSettings settings = new()
        {
            Sources = [new() { Kind = CorpusKind.Tess, Name = "x" }, new() { Kind = CorpusKind.Ravdess, Name = "x" }],
        };
        Assert.That(() => CorpusListing.Scan(settings, "data"),
            Throws.ArgumentException.With.Message.EqualTo("Corpus.Sources[1].Name = 'x': an earlier source has the same name"));
    }

    [Test]
    public void Scan_SourceWithNameAlone_IsReadFromTheFolderOfItsName()
    {
        using TemporaryFolder folder = new();
        folder.Touch("clean/OAF_back_angry.wav", "tess/YAF_back_angry.wav");
        CorpusSettings settings = new()
        {
            Sources = [new() { Kind = CorpusKind.Tess, Name = "clean" }, new() { Kind = CorpusKind.Tess, Name = "published" }],
        };

        Assert.That(CorpusListing.Scan(settings, folder.Path).Utterances.Select(each => each.Speaker),
            Is.EqualTo(new[] { "clean/OAF", "published/YAF" }));
    }
}
