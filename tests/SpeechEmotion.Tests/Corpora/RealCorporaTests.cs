using System.Collections.Concurrent;
using System.Diagnostics;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

[Category(SharedData.Corpus)]
internal sealed class RealCorporaTests
{
    [Test]
    public void Scan_Tess_IsWholeAndEven()
    {
        CorpusListing listing = Scan(CorpusKind.Tess, "tess");

        Assert.That(listing.Utterances, Has.Count.EqualTo(2800));
        Assert.That(listing.Problems, Is.Empty);
        Assert.That(listing.Utterances.Select(each => each.Speaker).Distinct(), Is.EquivalentTo(new[] { "tess/OAF", "tess/YAF" }));
        Assert.That(listing.Utterances.Select(each => each.Text).Distinct().Count(), Is.EqualTo(200));
        Assert.That(
            listing.Utterances.CountBy(each => (each.Speaker, each.Emotion)).Select(pair => pair.Value).ToList(),
            Has.Count.EqualTo(14).And.All.EqualTo(200));
    }

    [Test]
    public void Scan_Ravdess_HasTwelveActors()
    {
        CorpusListing listing = Scan(CorpusKind.Ravdess, "ravdess");

        Assert.That(listing.Utterances, Has.Count.EqualTo(720));
        Assert.That(listing.Problems, Is.Empty);
        Assert.That(listing.Utterances.CountBy(each => each.Speaker).Select(pair => pair.Value).ToList(),
            Has.Count.EqualTo(12).And.All.EqualTo(60));
        Assert.That(
            listing.Utterances.CountBy(each => each.Emotion).ToDictionary(),
            Is.EquivalentTo(Emotion.All.Except(["boredom"]).ToDictionary(label => label, label => label == "neutral" ? 48 : 96)));
    }

    [Test]
    public void Read_Tess_SkipsNothing()
    {
        (Corpus corpus, int used) = Read(CorpusKind.Tess, "tess");

        Assert.That(corpus.Unreadable, Is.Empty);
        Assert.That(corpus.Items, Has.Count.EqualTo(2800));
        Assert.That(used, Is.EqualTo(2800));
        Assert.That(corpus.Items.CountBy(item => item.SampleRate).ToDictionary(pair => pair.Key, pair => pair.Value)[24414],
            Is.EqualTo(2799));
        Assert.That(corpus.Duplicates, Is.Empty, "every clip repeats one carrier sentence, none is a copy");
    }

    [Test]
    public void Read_Ravdess_FindsTheRepeatedTake()
    {
        (Corpus corpus, _) = Read(CorpusKind.Ravdess, "ravdess");

        Assert.That(corpus.Items, Has.Count.EqualTo(720));
        CorpusDuplicate twice = corpus.Duplicates.Single();
        Assert.That(twice.First.Path, Does.EndWith("03-01-03-01-02-01-07.wav"));
        Assert.That(twice.Second.Path, Does.EndWith("03-01-03-01-02-02-07.wav"));
        Assert.That(twice.Correlation, Is.GreaterThan(0.99999));
        Assert.That(twice.LagSeconds, Is.Zero);
        Assert.That(
            corpus.Items.Where(item => item.Utterance == twice.First || item.Utterance == twice.Second).Select(item => item.DuplicateGroup)
                .Distinct().Count(),
            Is.EqualTo(1));
    }

    [TestCase(CorpusKind.Emovo, "emovo", 588)]
    [TestCase(CorpusKind.Aesdd, "aesdd", 604)]
    [TestCase(CorpusKind.Nemo, "nemo", 2235)]
    [TestCase(CorpusKind.Turev, "turev", 1735)]
    [TestCase(CorpusKind.Banglaser, "banglaser", 1727)]
    [TestCase(CorpusKind.CremaD, "cremad", 778)]
    public void Scan_PublishedNames_EqualTheManifestFileByFile(CorpusKind kind, string name, int count)
    {
        string folder = SharedData.RequireCorpus(name);
        string manifest = folder + ".csv";
        if (!File.Exists(manifest))
            Assert.Ignore($"skipped: the manifest {name}.csv is not on this machine");

        CorpusListing read = CorpusListing.Scan(new CorpusSettings { Kind = kind, Name = "x" }, folder);
        CorpusListing expected = CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "x" }, manifest);

        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Utterances, Has.Count.EqualTo(count));
        Assert.That(
            read.Utterances.Select(each => each with { Path = $"{name}/{each.Path}", Text = each.Text.ToLowerInvariant() }),
            Is.EqualTo(expected.Utterances.Select(each => each with { Text = each.Text.ToLowerInvariant() })));
        Assert.That(CorpusListing.GuessKind(folder), Is.EqualTo(kind));
    }

    private static CorpusListing Scan(CorpusKind kind, string name) =>
        CorpusListing.Scan(new CorpusSettings { Kind = kind }, SharedData.RequireCorpus(name));

    private static (Corpus Corpus, int Used) Read(CorpusKind kind, string name)
    {
        CorpusListing listing = Scan(kind, name);
        ConcurrentDictionary<int, int> used = [];
        long start = Stopwatch.GetTimestamp();
        Corpus corpus = Corpus.Read(listing, 16000, (i, sound) => used[i] = sound.Samples.Length, null, 2, CancellationToken.None);
        TestContext.Out.WriteLine($"{name}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s, {corpus.Items.Count} items");
        foreach (CorpusDuplicate each in corpus.Duplicates)
            TestContext.Out.WriteLine($"  {each.Kind} {each.Correlation:F6} {each.LagSeconds:F4} s {each.First.Path} {each.Second.Path}");
        foreach (CorpusProblem each in corpus.Problems)
            TestContext.Out.WriteLine($"  {each.Kind} {each}");
        return (corpus, used.Count);
    }
}
