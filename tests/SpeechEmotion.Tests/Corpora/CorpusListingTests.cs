using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

internal sealed class CorpusListingTests
{
    [Test]
    public void Scan_TessWithStrayFiles_CountsThemByReason()
    {
        using TemporaryFolder folder = new();
        folder.Touch("a/OAF_back_angry.wav", "a/YAF_back_ps.wav", "a/noise.wav", "b/hiss.wav", "b/OAF_back_bored.wav");

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Tess }, folder.Path);

        Assert.That(listing.Utterances.Select(each => each.Path), Is.EqualTo(new[] { "a/OAF_back_angry.wav", "a/YAF_back_ps.wav" }));
        Assert.That(listing.Problems, Has.Count.EqualTo(2));
        Assert.That(listing.Problems[0].ToString(), Is.EqualTo("a/noise.wav and 1 more: not named SPEAKER_WORD_EMOTION"));
        Assert.That(listing.Problems[1].Path, Is.EqualTo("b/OAF_back_bored.wav"));
    }

    [Test]
    public void Scan_Labels_RenamesAndDropsOnce()
    {
        using TemporaryFolder folder = new();
        folder.Touch("happy/1.wav", "calm/1.wav", "calm/2.wav", "Neutral/1.wav", "contempt/1.wav");
        CorpusSettings settings = new()
        {
            Kind = CorpusKind.Folders,
            Labels = new Dictionary<string, string> { ["Calm"] = "neutral", ["joy"] = "calm", ["contempt"] = "", ["bored"] = "x" },
        };

        CorpusListing listing = CorpusListing.Scan(settings, folder.Path);

        Assert.That(
            listing.Utterances.ToDictionary(each => each.Path, each => each.Emotion),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["Neutral/1.wav"] = "neutral", ["calm/1.wav"] = "neutral", ["calm/2.wav"] = "neutral", ["happy/1.wav"] = "calm",
            }));
        Assert.That(listing.Problems.Select(each => (each.Kind, each.Count)), Is.EqualTo(new[]
        {
            (CorpusProblemKind.LeftOut, 1), (CorpusProblemKind.Warning, 1),
        }));
        Assert.That(listing.Problems[1].Reason, Does.StartWith("Corpus.Labels.bored: no utterance has this label"));
    }

    [Test]
    public void Scan_LabelsThatDifferInCase_Warns()
    {
        using TemporaryFolder folder = new();
        folder.Touch("anger/1.wav", "Contempt/1.wav", "contempt/2.wav");

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Folders }, folder.Path);

        Assert.That(listing.Problems.Single().Reason, Does.StartWith("the labels 'Contempt' and 'contempt' are kept apart"));
    }

    [Test]
    public void Scan_FolderMissing_StatesWhatIsExpectedAndWhereItIs()
    {
        CorpusSettings settings = new() { Kind = CorpusKind.Tess };

        Assert.That(
            () => CorpusListing.Scan(settings, "no/such/tess"),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo(
                "no/such/tess: no such folder; Corpus.Kind = tess expects files like OAF_back_angry.wav in it or in its subfolders. "
                + "TESS can be had at https://doi.org/10.5683/SP2/E8H2MF; put it into data/tess or name its folder with --data"));
    }

    [Test]
    public void Scan_FolderWithoutSound_IsReported()
    {
        using TemporaryFolder folder = new();
        folder.Touch("readme.txt");

        Assert.That(
            () => CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Ravdess }, folder.Path),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith($"{folder.Path}: no sound file in it")
                .And.Message.Contains("https://doi.org/10.5281/zenodo.1188976"));
    }

    [Test]
    public void Scan_WrongKind_NamesTheKindItLooksLike()
    {
        using TemporaryFolder folder = new();
        folder.Touch("03-01-05-02-01-01-12.wav", "03-01-05-02-01-02-12.wav");

        Assert.That(
            () => CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Tess }, folder.Path),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("none of its 2 sound files")
                .And.Message.Contains("look like kind ravdess").And.Message.Not.Contains("\n"));
    }

    [Test]
    public void Scan_Manifest_ReadsColumnsInAnyOrder()
    {
        using TemporaryFolder folder = new();
        Manifest(folder, "\ufeffSpeaker;Emotion;Path;Split;Text\nanna;Angry;sub\\1 a.wav;dev;\"Guten Tag; du\"\n;\"joy\";声/2.wav;;\n");

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "own" }, folder.Path);

        Assert.That(listing.Utterances, Is.EqualTo(new[]
        {
            new Utterance("sub/1 a.wav", "anger", "own/anna", "Guten Tag; du", Part.Validation) { Corpus = "own" },
            new Utterance("声/2.wav", "happiness", "", "") { Corpus = "own" },
        }));
        Assert.That(listing.Entries[0].File, Is.EqualTo(Path.Combine(folder.Path, "sub/1 a.wav")));
    }

    [TestCase("path,emotion\na.wav,sad\n", "line 1: no column 'speaker'; the columns are path, emotion")]
    [TestCase("path,emotion,speaker\na.wav,sad,x\n\n,sad,x\n", "line 4, column path: empty")]
    [TestCase("path,emotion,speaker\na.wav,,x\n", "line 2, column emotion: empty")]
    [TestCase("path,emotion,speaker,split\na.wav,sad,x,holdout\n", "line 2, column split: 'holdout' is none of train, validation, test")]
    [TestCase("path,emotion,speaker\na.wav,sad,x\na.wav,joy,x\n", "line 3, column path: 'a.wav' stands on an earlier line")]
    [TestCase("path,emotion,speaker\na.wav,\"sad,x\n", "line 2: a quotation mark is missing")]
    [TestCase("", "empty; its first line must name the columns path, emotion, speaker")]
    [TestCase("path,emotion,speaker\n", "names no utterance")]
    public void Scan_ManifestWithFault_NamesLineAndColumn(string content, string message)
    {
        using TemporaryFolder folder = new();
        Manifest(folder, content);

        Assert.That(
            () => CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest }, folder.Path),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(folder["manifest.csv"]).And.Message.Contains(message));
    }

    [Test]
    public void Scan_ManifestRepeatsALine_LeavesItOut()
    {
        using TemporaryFolder folder = new();
        Manifest(folder, "path,emotion,speaker\na.wav,sad,x\na.wav,sad,x\n");

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest }, folder["manifest.csv"]);

        Assert.That(listing.Utterances, Has.Count.EqualTo(1));
        Assert.That(listing.Problems.Single().Kind, Is.EqualTo(CorpusProblemKind.LeftOut));
    }

    [Test]
    public void Scan_JoinedSources_KeepsPathsAndSpeakersApart()
    {
        using TemporaryFolder folder = new();
        folder.Touch("tess/OAF_back_angry.wav", "ravdess/03-01-05-02-01-01-12.wav", "own/anna/sad/1.wav", "more/anna/calm/1.wav",
            "more/anna/joy/1.wav");
        CorpusSettings settings = new()
        {
            Sources =
            [
                new() { Kind = CorpusKind.Tess },
                new() { Kind = CorpusKind.Ravdess },
                new() { Kind = CorpusKind.Folders, Folder = "own" },
                new() { Kind = CorpusKind.Folders, Folder = folder["more"], Labels = new Dictionary<string, string> { ["calm"] = "" } },
            ],
            Labels = new Dictionary<string, string> { ["anger"] = "negative", ["sadness"] = "negative" },
        };

        CorpusListing listing = CorpusListing.Scan(settings, folder.Path);

        Assert.That(listing.Utterances.Select(each => (each.Path, each.Speaker, each.Emotion)), Is.EqualTo(new[]
        {
            ("more/anna/joy/1.wav", "more/anna", "happiness"),
            ("own/anna/sad/1.wav", "own/anna", "negative"),
            ("ravdess/03-01-05-02-01-01-12.wav", "ravdess/Actor_12", "negative"),
            ("tess/OAF_back_angry.wav", "tess/OAF", "negative"),
        }));
        Assert.That(listing.Problems.Single().Path, Is.EqualTo("more/anna/calm/1.wav"));
    }

    [Test]
    public void Scan_SameSourceTwice_IsRefused()
    {
        CorpusSettings settings = new() { Sources = [new() { Kind = CorpusKind.Tess }, new() { Kind = CorpusKind.Tess }] };
        using TemporaryFolder folder = new();

        Assert.That(() => CorpusListing.Scan(settings, folder.Path),
            Throws.ArgumentException.With.Message.StartsWith("Corpus.Sources[1].Folder"));
    }

    [Test]
    public void FolderOf_DataThenFolderThenKind()
    {
        CorpusSettings settings = new() { Kind = CorpusKind.EmoDb };

        Assert.That(CorpusListing.FolderOf(settings, null), Is.EqualTo("data/emo-db"));
        Assert.That(CorpusListing.FolderOf(settings with { Folder = "mine" }, null), Is.EqualTo("mine"));
        Assert.That(CorpusListing.FolderOf(settings with { Folder = "mine" }, "given"), Is.EqualTo("given"));
        Assert.That(CorpusListing.FolderOf(new CorpusSettings { Sources = [settings] }, null), Is.EqualTo("data"));
    }

    [Test]
    public void Guess_Folders_FindsTheKind()
    {
        using TemporaryFolder folder = new();
        folder.Touch("s/DC/a01.wav", "s/JE/sa02.wav", "f/anna/sad/1.wav", "m/manifest.csv");

        Assert.That(CorpusKinds.Guess(folder["s"]), Is.EqualTo(CorpusKind.Savee));
        Assert.That(CorpusKinds.Guess(folder["f"]), Is.EqualTo(CorpusKind.Folders));
        Assert.That(CorpusKinds.Guess(folder["m"]), Is.EqualTo(CorpusKind.Manifest));
    }

    [Test]
    public void FromMemory_SamePathTwice_IsRefused()
    {
        Utterance one = new("a", "anger", "x", "");

        Assert.That(
            () => CorpusListing.FromMemory([(one, () => null!), (one with { Emotion = "fear" }, () => null!)]),
            Throws.ArgumentException.With.Message.Contains("two utterances have the path 'a'"));
    }

    private static void Manifest(TemporaryFolder folder, string content) => folder.Write("manifest.csv", Encoding.UTF8.GetBytes(content));
}
