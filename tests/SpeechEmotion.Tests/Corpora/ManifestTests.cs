using System.Text;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

internal sealed class ManifestTests
{
    private const string Decomposed = "u\u0308bung", Composed = "\u00fcbung";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [TestCase("file,label,spk,partition,transcript")]
    [TestCase("FileName,Emotion_Label,Speaker_ID,Subset,Sentence")]
    [TestCase("audio filepath,emotion,speaker-id,split,Text")]
    [TestCase("wav,emotion,speaker,split,text")]
    [TestCase("audio,emotion,speaker,split,text")]
    public void Scan_OtherNamesOfTheColumns_AreUnderstood(string header)
    {
        CorpusListing listing = Scan($"{header}\na.wav,angry,ann,dev,hello\n");

        Assert.That(listing.Utterances,
            Is.EqualTo(new[] { new Utterance("a.wav", "anger", "x/ann", "hello", Part.Validation) { Corpus = "x" } }));
        Assert.That(listing.Problems, Is.Empty);
    }

    [TestCase("path,File,emotion,speaker", "line 1: the columns 'path' and 'File' both name the path: keep one")]
    [TestCase("path,emotion,label,speaker", "line 1: the columns 'emotion' and 'label' both name the emotion: keep one")]
    [TestCase("path,emotion,spk,Speaker", "line 1: the columns 'spk' and 'Speaker' both name the speaker: keep one")]
    [TestCase("path,emotion", "line 1: no column 'speaker'; the columns are path, emotion")]
    public void Scan_ColumnTwiceOrMissing_IsRefused(string header, string message) =>
        Assert.That(() => Scan($"{header}\na,b,c,d\n"), Throws.TypeOf<InvalidDataException>().With.Message.EndsWith(message));

    [Test]
    public void Scan_UnknownAndRepeatedColumns_AreNoted()
    {
        CorpusListing listing = Scan("path,emotion,speaker,Arousal,text,text,,start_date\na.wav,sad,x,3,one,two,,2020\n");

        Assert.That(listing.Utterances.Single().Text, Is.EqualTo("one"));
        Assert.That(listing.Problems, Is.EqualTo(new[]
        {
            new CorpusProblem(CorpusProblemKind.Warning, "manifest.csv", "columns named twice, of which the first is used: text"),
            new CorpusProblem(
                CorpusProblemKind.Warning, "manifest.csv", "columns that are not used: Arousal, (without a name), start_date"),
        }));
    }

    [TestCase("a.wav;sad;x;\n;;;\n\n ; ;;\n;;;")]
    [TestCase("a.wav;sad;x;\r\n;;;\r\n")]
    [TestCase(";;;\na.wav;sad;x;\n\n\n")]
    public void Scan_LinesOfSeparatorsOnly_AreNothing(string lines)
    {
        CorpusListing listing = Scan($"path;emotion;speaker;text\n{lines}");

        Assert.That(listing.Utterances.Select(each => each.Path), Is.EqualTo(new[] { "a.wav" }));
        Assert.That(listing.Problems, Is.Empty);
    }

    [TestCase("utf-8", false)]
    [TestCase("utf-8", true)]
    [TestCase("utf-16", true)]
    [TestCase("utf-16BE", true)]
    [TestCase("utf-32", true)]
    public void Scan_UnicodeEncodings_KeepEveryName(string name, bool hasMark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        string text = "path\temotion\tspeaker\nМария é/1.wav\tгнев\tJosé\n";
        byte[] content = [.. hasMark ? encoding.Preamble : [], .. encoding.GetBytes(text)];

        Assert.That(Scan(content).Utterances, Is.EqualTo(new[] { new Utterance("Мария é/1.wav", "гнев", "x/José", "") { Corpus = "x" } }));
    }

    [Test]
    public void Scan_OtherEncodings_AreRefusedByLine()
    {
        byte[] latin = Encoding.Latin1.GetBytes("path,emotion,speaker\na.wav,sad,ann\nb.wav,sad,José\n");
        byte[] unmarked = Encoding.Unicode.GetBytes("path,emotion,speaker\na.wav,sad,ann\n");

        Assert.That(() => Scan(latin), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(
            $"{folder["manifest.csv"]} line 3: the byte 0xE9 is not UTF-8; the file may be in Windows-1252"));
        Assert.That(() => Scan(unmarked), Throws.TypeOf<InvalidDataException>().With.Message.Contains("UTF-16 without byte order mark"));
    }

    [TestCase(Decomposed, Composed)]
    [TestCase(Composed, Decomposed)]
    [TestCase(Decomposed, Decomposed)]
    [TestCase(Composed, Composed)]
    public void Scan_UnicodeFormOfDiskAndManifestDiffer_FindsTheFile(string onDisk, string inManifest)
    {
        folder.WriteWav($"{onDisk}/{onDisk}.wav", TestSignals.Syllables(1));

        CorpusListing listing = Scan($"path,emotion,speaker\n{inManifest}/{inManifest}.wav,{inManifest},{inManifest}\n");

        Assert.That(listing.Utterances.Single(),
            Is.EqualTo(new Utterance($"{Composed}/{Composed}.wav", Composed, $"x/{Composed}", "") { Corpus = "x" }));
        Assert.That(File.Exists(listing.Entries.Single().File), Is.True);
    }

    [TestCase(Decomposed)]
    [TestCase(Composed)]
    public void Scan_FoldersInEitherForm_GiveTheSameNames(string name)
    {
        folder.Touch($"angry/{name}/{name}.wav");

        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Folders, Name = "x" }, folder.Path);

        Assert.That(listing.Utterances.Single(),
            Is.EqualTo(new Utterance($"angry/{Composed}/{Composed}.wav", "anger", $"x/{Composed}", "") { Corpus = "x" }));
        Assert.That(File.Exists(listing.Entries.Single().File), Is.True);
    }

    [Test]
    public void Scan_BareNames_AreFoundBelowTheManifestAndNoted()
    {
        folder.Touch("audio/one/a.wav", "audio/two/b.wav", "c.wav");

        CorpusListing listing = Scan("path,emotion,speaker\na.wav,sad,x\nb.wav,sad,x\nc.wav,sad,x\nd.wav,sad,x\n");

        Assert.That(listing.Entries.Select(entry => Path.GetRelativePath(folder.Path, entry.File).Replace('\\', '/')),
            Is.EqualTo(new[] { "audio/one/a.wav", "audio/two/b.wav", "c.wav", "d.wav" }));
        Assert.That(listing.Utterances.Select(each => each.Path), Is.EqualTo(new[] { "a.wav", "b.wav", "c.wav", "d.wav" }));
        Assert.That(listing.Problems.Single().ToString(),
            Is.EqualTo("a.wav and 1 more: not where manifest.csv names it: found by its name in a folder below"));
    }

    [Test]
    public void Scan_BareNameTwiceBelow_IsRefused()
    {
        folder.Touch("one/a.wav", "two/a.wav");

        Assert.That(() => Scan("path,emotion,speaker\na.wav,sad,x\n"), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains("there are 2 such files: one/a.wav, two/a.wav").And.Message.Contains("Corpus.AudioRoot"));
    }

    [Test]
    public void Scan_ManifestInASubfolder_PathsOfTheCorpusFolderAreFoundToo()
    {
        folder.Touch("audio/a.wav");
        folder.Write("lists/all.csv", Encoding.UTF8.GetBytes("path,emotion,speaker\naudio/a.wav,sad,x\n"));

        CorpusListing listing = CorpusListing.Scan(
            new CorpusSettings { Kind = CorpusKind.Manifest, Manifest = "lists/all.csv" }, folder.Path);

        Assert.That(File.Exists(listing.Entries.Single().File), Is.True);
        Assert.That(listing.Problems, Is.Empty);
    }

    [TestCase("../recordings")]
    [TestCase(null)]
    public void Scan_AudioRoot_IsWhereThePathsBegin(string? relative)
    {
        folder.Touch("recordings/day 1/a.wav", "recordings/b.wav", "lists/b.wav");
        folder.Write("lists/manifest.csv", Encoding.UTF8.GetBytes("path,emotion,speaker\nday 1/a.wav,sad,x\nb.wav,sad,x\n"));
        CorpusSettings settings = new() { Kind = CorpusKind.Manifest, AudioRoot = relative ?? folder["recordings"] };

        CorpusListing listing = CorpusListing.Scan(settings, folder["lists"]);

        Assert.That(listing.Entries.Select(entry => Path.GetFullPath(entry.File)),
            Is.EquivalentTo(new[] { folder["recordings/day 1/a.wav"], folder["recordings/b.wav"] }.Select(Path.GetFullPath)));
        Assert.That(() => CorpusListing.Scan(settings with { AudioRoot = "nowhere" }, folder["lists"]),
            Throws.TypeOf<DirectoryNotFoundException>().With.Message.StartsWith("Corpus.AudioRoot = 'nowhere': there is no folder"));
    }

    [Test]
    public void Scan_EvaluationInTheSplitColumn_DependsOnWhetherThereIsATest()
    {
        IReadOnlyList<Utterance> three = Scan("path,emotion,speaker,split\na,sad,x,train\nb,sad,x,eval\nc,sad,x,test\n").Utterances;
        IReadOnlyList<Utterance> two = Scan("path,emotion,speaker,split\na,sad,x,train\nb,sad,x,eval\n").Utterances;

        Assert.That(three.Select(each => each.Part), Is.EqualTo(new Part?[] { Part.Train, Part.Validation, Part.Test }));
        Assert.That(two.Select(each => each.Part), Is.EqualTo(new Part?[] { Part.Train, Part.Test }));
    }

    [Test]
    public void Scan_FileInPlaceOfAFolder_IsAManifestWhateverTheKind()
    {
        folder.Write("calls.csv", Encoding.UTF8.GetBytes("path,emotion,speaker\na.wav,sad,ann\n"));
        foreach (CorpusSettings settings in new[]
        {
            new CorpusSettings { Kind = CorpusKind.Tess, Name = "other" },
            new CorpusSettings { Sources = [new() { Kind = CorpusKind.Tess }, new() { Kind = CorpusKind.Ravdess }] },
        })
            Assert.That(CorpusListing.Scan(settings, folder["calls.csv"]).Utterances.Single().Speaker, Is.EqualTo("calls/ann"));
    }

    private CorpusListing Scan(string content) => Scan(Encoding.UTF8.GetBytes(content));

    private CorpusListing Scan(byte[] content)
    {
        folder.Write("manifest.csv", content);
        return CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "x" }, folder.Path);
    }
}
