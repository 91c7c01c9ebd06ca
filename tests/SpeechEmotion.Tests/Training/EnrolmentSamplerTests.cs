using SpeechEmotion.Adaptation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Corpora;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public sealed class EnrolmentSamplerTests
{
    private TempFolder folder = null!;
    private EmotionClassifier classifier = null!;
    private CorpusFeatures corpus = null!;

    /// <summary>Ann says a dozen things, Bob two and a copy of one of them, Eve one, and somebody whose name is not known another.</summary>
    [OneTimeSetUp]
    public void ReadCorpus()
    {
        folder = new TempFolder();
        var rows = new List<string> { "path,emotion,speaker" };
        void Say(string name, int sound, string speaker, int extra = 0)
        {
            folder.WriteWav($"corpus/{name}.wav", TestSounds.Speech(sound, 16000, 2), 16000, extra);
            rows.Add($"{name}.wav,{(sound % 2 == 0 ? "anger" : "sadness")},{speaker}");
        }
        for (int i = 0; i < 12; i++)
            Say($"ann{i}", i, "ann");
        Say("bob1", 20, "bob");
        Say("bob2", 21, "bob");
        Say("bob1copy", 20, "bob", extra: 20);
        Say("eve", 30, "eve");
        Say("somebody", 31, "");
        folder.Write("corpus/manifest.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        classifier = TinyModel.Adapting(logitCentring: 4);
        corpus = CorpusFeatures.Read(CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest }, folder["corpus"]), classifier.Settings.Features, 2, null, default);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        classifier.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Draw_OneSecond_IsAnotherUtteranceOfTheVoice()
    {
        CorpusItem[] ann = Of("ann");
        var chosen = new HashSet<string>();
        foreach (CorpusItem item in ann)
        {
            SpeakerStatistics known = New(1).Draw(item, 1)!;
            CorpusItem heard = ann.Single(other => corpus.StatisticsOf(other).SequenceEqual(known.Means()));
            Assert.That(heard.Index, Is.Not.EqualTo(item.Index));
            chosen.Add(heard.Utterance.Path);
        }
        Assert.That(chosen, Has.Count.GreaterThan(2), "drawn, not picked");
    }

    [TestCase(5)]
    [TestCase(10)]
    public void Draw_Seconds_AreHeardWithWhatTheNetworkSays(int seconds)
    {
        CorpusItem[] ann = Of("ann");
        EnrolmentSampler enrolment = New(1);
        foreach (CorpusItem item in ann)
        {
            SpeakerStatistics known = enrolment.Draw(item, seconds)!;
            Assert.That(known.Seconds, Is.InRange(seconds, seconds + 2));
            Assert.That(known.MeanLogits(), Has.Length.EqualTo(3));
            SpeakerStatistics again = New(1).Draw(item, seconds)!;
            Assert.That((again.Means(), again.MeanLogits()), Is.EqualTo((known.Means(), known.MeanLogits())));
        }
        Assert.That(ann.Select(item => New(2).Draw(item, seconds)!.Means()), Is.Not.EqualTo(ann.Select(item => enrolment.Draw(item, seconds)!.Means())));
    }

    [Test]
    public void Draw_MoreThanThereIs_HearsAllButTheUtteranceAndItsCopies()
    {
        CorpusItem[] bob = Of("bob");
        Assert.That(bob.Select(item => item.DuplicateGroup).Distinct().Count(), Is.EqualTo(2), "the copy is known for one");
        CorpusItem first = bob.Single(item => item.Utterance.Path == "bob1.wav"), second = bob.Single(item => item.Utterance.Path == "bob2.wav");
        Assert.That(New(1).Draw(first, 60)!.Means(), Is.EqualTo(corpus.StatisticsOf(second)));
        Assert.That(New(1).Draw(second, 60)!.Seconds, Is.EqualTo(bob.Where(item => item != second).Sum(item => corpus.SecondsOf(item))).Within(1e-9));
        CorpusItem[] ann = Of("ann");
        Assert.That(New(1).Draw(ann[0], 1000)!.Seconds, Is.EqualTo(ann.Skip(1).Sum(item => corpus.SecondsOf(item))).Within(1e-6));
    }

    [Test]
    public void Draw_NothingElseOfTheVoice_IsNull()
    {
        Assert.That(New(1).Draw(Of("eve").Single(), 10), Is.Null);
        Assert.That(New(1).Draw(Of("").Single(), 10), Is.Null);
    }

    private EnrolmentSampler New(int seed) => new(classifier, corpus, corpus.Corpus.Items, seed);

    private CorpusItem[] Of(string speaker) => [.. corpus.Corpus.Items.Where(item => item.Utterance.Speaker == speaker)];
}
