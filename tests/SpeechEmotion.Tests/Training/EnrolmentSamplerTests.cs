using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public sealed class EnrolmentSamplerTests
{
    private TemporaryFolder folder = null!;
    private EmotionClassifier classifier = null!;
    private CorpusFeatures corpus = null!;

    /// <summary>Twelve utterances of Ann, two of Bob and a copy of one of them, one of Eve, and one of an unnamed speaker.</summary>
    [OneTimeSetUp]
    public void ReadCorpus()
    {
        folder = new TemporaryFolder();
        var rows = new List<string> { "path,emotion,speaker" };
        void AddUtterance(string name, int sound, string speaker, int extra = 0)
        {
            folder.WriteWav($"corpus/{name}.wav", TestSignals.Syllables(sound, 16000, 2), 16000, extra);
            rows.Add($"{name}.wav,{(sound % 2 == 0 ? "anger" : "sadness")},{speaker}");
        }
        for (int i = 0; i < 12; i++)
            AddUtterance($"ann{i}", i, "ann");
        AddUtterance("bob1", 20, "bob");
        AddUtterance("bob2", 21, "bob");
        AddUtterance("bob1copy", 20, "bob", extra: 20);
        AddUtterance("eve", 30, "eve");
        AddUtterance("somebody", 31, "");
        folder.Write("corpus/manifest.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        classifier = TinyModel.Adapting(logitCentring: 4);
        corpus = CorpusFeatures.Read(CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest }, folder["corpus"]),
            classifier.Settings.Features, 2, null, default);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        classifier.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Draw_OneSecond_IsAnotherUtteranceOfTheSpeaker()
    {
        CorpusItem[] ann = ItemsOf("ann");
        var chosen = new HashSet<string>();
        foreach (CorpusItem item in ann)
        {
            SpeakerStatistics speaker = New(1).Draw(item, 1)!;
            CorpusItem enrolled = ann.Single(other => corpus.StatisticsOf(other).SequenceEqual(speaker.Means()));
            Assert.That(enrolled.Index, Is.Not.EqualTo(item.Index));
            chosen.Add(enrolled.Utterance.Path);
        }
        Assert.That(chosen, Has.Count.GreaterThan(2), "the draws differ");
    }

    [TestCase(5)]
    [TestCase(10)]
    public void Draw_Seconds_AreEnrolledWithTheirLogits(int seconds)
    {
        CorpusItem[] ann = ItemsOf("ann");
        EnrolmentSampler enrolment = New(1);
        foreach (CorpusItem item in ann)
        {
            SpeakerStatistics speaker = enrolment.Draw(item, seconds)!;
            Assert.That(speaker.Seconds, Is.InRange(seconds, seconds + 2));
            Assert.That(speaker.MeanLogits(), Has.Length.EqualTo(3));
            SpeakerStatistics again = New(1).Draw(item, seconds)!;
            Assert.That((again.Means(), again.MeanLogits()), Is.EqualTo((speaker.Means(), speaker.MeanLogits())));
        }
        Assert.That(ann.Select(item => New(2).Draw(item, seconds)!.Means()),
            Is.Not.EqualTo(ann.Select(item => enrolment.Draw(item, seconds)!.Means())));
    }

    [Test]
    public void Draw_MoreThanThereIs_EnrolsAllButTheUtteranceAndItsCopies()
    {
        CorpusItem[] bob = ItemsOf("bob");
        Assert.That(bob.Select(item => item.DuplicateGroup).Distinct().Count(), Is.EqualTo(2), "the copy is recognised");
        CorpusItem first = bob.Single(item => item.Utterance.Path == "bob1.wav"),
            second = bob.Single(item => item.Utterance.Path == "bob2.wav");
        Assert.That(New(1).Draw(first, 60)!.Means(), Is.EqualTo(corpus.StatisticsOf(second)));
        Assert.That(New(1).Draw(second, 60)!.Seconds,
            Is.EqualTo(bob.Where(item => item != second).Sum(item => corpus.SecondsOf(item))).Within(1e-9));
        CorpusItem[] ann = ItemsOf("ann");
        Assert.That(New(1).Draw(ann[0], 1000)!.Seconds,
            Is.EqualTo(ann.Skip(1).Sum(item => corpus.SecondsOf(item))).Within(1e-6));
    }

    [Test]
    public void Draw_NothingElseOfTheSpeaker_IsNull()
    {
        Assert.That(New(1).Draw(ItemsOf("eve").Single(), 10), Is.Null);
        Assert.That(New(1).Draw(ItemsOf("").Single(), 10), Is.Null);
    }

    [Test]
    public void Draw_CorpusRenamed_IsTheSame()
    {
        CorpusFeatures renamed = CorpusFeatures.Read(
            CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "other" }, folder["corpus"]),
            classifier.Settings.Features, 2, null, default);
        var sampler = new EnrolmentSampler(classifier, renamed, renamed.Corpus.Items, new RunSettings { Seed = 1 });
        Assert.That(renamed.Corpus.Items[0].Utterance.Speaker, Is.EqualTo("other/ann"));
        Assert.That(renamed.Corpus.Items.Select(item => sampler.Draw(item, 5)?.Means()),
            Is.EqualTo(corpus.Corpus.Items.Select(item => New(1).Draw(item, 5)?.Means())));
    }

    private EnrolmentSampler New(int seed) => new(classifier, corpus, corpus.Corpus.Items, new RunSettings { Seed = seed });

    private CorpusItem[] ItemsOf(string speaker) =>
        [.. corpus.Corpus.Items.Where(item => item.Utterance.Speaker == SpeakerNames.Full("corpus", speaker))];
}
