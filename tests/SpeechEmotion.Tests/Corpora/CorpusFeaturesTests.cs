using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

public class CorpusFeaturesTests
{
    /// <summary>With several threads a copy can be cached before it is recognised as one, and the counts differ.</summary>
    private const int OneThread = 1;

    private static readonly FeatureSettings Settings = new();

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeCorpus()
    {
        folder = new TemporaryFolder();
        for (int i = 0; i < 6; i++)
            folder.WriteWav($"corpus/{(i % 2 == 0 ? "anger" : "fear")}/{i}.wav", TestSignals.Syllables(i, 22050), 22050);
        // The same samples in another file, and the same file under another name.
        folder.WriteWav("corpus/anger/copy.wav", TestSignals.Syllables(0, 22050), 22050, extra: 20);
        File.Copy(folder["corpus/fear/1.wav"], folder["corpus/fear/1 again.wav"]);
        folder.Write("corpus/fear/broken.wav", [1, 2, 3]);
    }

    [TearDown]
    public void DeleteCorpus() => folder.Dispose();

    [Test]
    public void Read_WithCache_GivesTheSameCorpusAndBits()
    {
        CorpusFeatures without = Read(null), first = Read(Cache(), OneThread), second = Read(Cache(), OneThread);
        Assert.That((without.Extraction.FromCache, first.Extraction.FromCache), Is.EqualTo((0, 0)));
        Assert.That(second.Extraction.FromCache, Is.EqualTo(6));
        foreach (CorpusFeatures other in new[] { first, second })
        {
            Assert.That(other.Corpus.Items.Select(Properties), Is.EqualTo(without.Corpus.Items.Select(Properties)));
            Assert.That(other.Corpus.Problems.Select(problem => $"{problem}"),
                Is.EqualTo(without.Corpus.Problems.Select(problem => $"{problem}")));
            Assert.That(other.Corpus.Duplicates.Select(each => (each.Kind, each.First.Path, each.Second.Path)),
                Is.EqualTo(without.Corpus.Duplicates.Select(each => (each.Kind, each.First.Path, each.Second.Path))));
            for (int i = 0; i < without.Corpus.Items.Count; i++)
                Assert.That(other.FeaturesOf(other.Corpus.Items[i]).Values, Is.EqualTo(without.FeaturesOf(without.Corpus.Items[i]).Values));
        }

        static (string, string, double, int, int) Properties(CorpusItem item) =>
            (item.Utterance.Path, item.Sha256, item.Seconds, item.SampleRate, item.DuplicateGroup);
    }

    [Test]
    public void Read_FileChanged_IsExtractedAnew()
    {
        Read(Cache());
        folder.WriteWav("corpus/anger/0.wav", TestSignals.Syllables(77, 22050), 22050);
        CorpusFeatures again = Read(Cache()), without = Read(null);
        CorpusItem changed = again.Corpus.Items.Single(item => item.Utterance.Path == "anger/0.wav");
        Assert.That(again.FeaturesOf(changed).Values,
            Is.EqualTo(without.FeaturesOf(without.Corpus.Items.Single(item => item.Utterance.Path == "anger/0.wav")).Values));
    }

    [Test]
    public void Read_DamagedCache_IsMended()
    {
        Read(Cache(), OneThread);
        string damaged = Directory.GetFiles(Cache().Folder)[0];
        byte[] bytes = File.ReadAllBytes(damaged);
        bytes[^5] ^= 1;
        File.WriteAllBytes(damaged, bytes);
        Assert.That(Read(Cache(), OneThread).Extraction.FromCache, Is.EqualTo(5));
        Assert.That(Read(Cache(), OneThread).Extraction.FromCache, Is.EqualTo(6));
    }

    [Test]
    public void Extraction_CorpusRead_HasCountsAndTimes()
    {
        CorpusFeatures corpus = Read(null);
        Assert.That(corpus.Extraction.Utterances, Is.EqualTo(6));
        Assert.That(corpus.Extraction.AudioSeconds, Is.EqualTo(6).Within(0.01));
        Assert.That(corpus.Extraction.Threads, Is.EqualTo(2));
        Assert.That(corpus.Extraction.ExtractionSeconds, Is.GreaterThan(0).And.LessThanOrEqualTo(2 * corpus.Extraction.Seconds + 0.002));
        Assert.That(corpus.Extraction.TimesRealTime, Is.EqualTo(corpus.Extraction.AudioSeconds / corpus.Extraction.Seconds).Within(0.1));
    }

    private CorpusFeatures Read(FeatureCache? cache, int threads = 2) => CorpusFeatures.Read(
        CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Folders }, folder["corpus"]), Settings, threads, null, default, cache);

    private FeatureCache Cache() => new(folder["cache"], Settings);
}
