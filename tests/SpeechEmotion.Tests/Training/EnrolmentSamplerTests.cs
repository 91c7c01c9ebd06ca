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

    // Every clip at its own level: the statistics tell it.
    private FeatureSettings Features => classifier.Settings.Features with { LevelDb = 0 };

    /// <summary>
    /// Twelve utterances of Ann; two of Bob and a copy of one of them, of one emotion, and one of another; one of Eve, one of an unnamed
    /// speaker; of Max three loud ones of anger, three quiet ones of sadness and one of fear.
    /// </summary>
    [OneTimeSetUp]
    public void ReadCorpus()
    {
        folder = new TemporaryFolder();
        var rows = new List<string> { "path,emotion,speaker" };
        void AddUtterance(string name, int sound, string speaker, string? emotion = null, float gain = 1)
        {
            float[] samples = [.. TestSignals.Syllables(sound, 16000, 2).Select(sample => gain * sample)];
            folder.WriteWav($"corpus/{name}.wav", samples, 16000);
            rows.Add($"{name}.wav,{emotion ?? (sound % 2 == 0 ? "anger" : "sadness")},{speaker}");
        }
        for (int i = 0; i < 12; i++)
            AddUtterance($"ann{i}", i, "ann");
        AddUtterance("bob1", 20, "bob");
        AddUtterance("bob2", 22, "bob");
        AddUtterance("bob3", 21, "bob");
        AddUtterance("bob1copy", 20, "bob", gain: 0.5f);
        AddUtterance("eve", 30, "eve");
        AddUtterance("somebody", 31, "");
        for (int i = 0; i < 6; i++)
            AddUtterance($"max{i}", 40 + i, "max", emotion: i < 3 ? "anger" : "sadness", gain: i < 3 ? 1 : 0.01f);
        AddUtterance("max6", 46, "max", emotion: "fear", gain: 0.03f);
        folder.Write("corpus/manifest.csv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        classifier = TinyModel.Adapting(logitCentring: 4);
        corpus = CorpusFeatures.Read(CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest }, folder["corpus"]),
            Features, 2, null, default);
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
        Assert.That(bob.Select(item => item.DuplicateGroup).Distinct().Count(), Is.EqualTo(3), "the copy is recognised");
        CorpusItem first = Bob("bob1"), second = Bob("bob2");
        // In place of the first and its copy the second is enrolled, twice, and in place of the second the first or its copy. Nothing is
        // enrolled of sadness, of which there is one utterance.
        Assert.That(New(1).Draw(first, 60)!.Means(), Is.EqualTo(corpus.StatisticsOf(second)).Within(1e-4));
        Assert.That(New(1).Draw(first, 60)!.Seconds, Is.EqualTo(3 * corpus.SecondsOf(second)).Within(0.01));
        Assert.That(New(1).Draw(second, 60)!.Seconds, Is.EqualTo(3 * corpus.SecondsOf(first)).Within(0.01));
        Assert.That(New(1).Draw(Bob("bob3"), 60)!.Seconds, Is.EqualTo(3 * corpus.SecondsOf(second)).Within(0.05));
        // All of Ann, with another one of the same emotion in place of the utterance.
        Assert.That(New(1).Draw(ItemsOf("ann")[0], 1000)!.Seconds, Is.EqualTo(ItemsOf("ann").Sum(corpus.SecondsOf)).Within(0.5));

        CorpusItem Bob(string name) => bob.Single(item => item.Utterance.Path == $"{name}.wav");
    }

    /// <summary>
    /// The level of the enrolled speech tells how much of it is anger. Three of six utterances are: without the classified one, two of the
    /// remaining five would be of its emotion.
    /// </summary>
    [Test]
    public void Draw_ManySeeds_EnrolsTheEmotionOfTheUtteranceAsOftenAsTheOther()
    {
        CorpusItem[] max = ItemsOf("max");
        double Level(CorpusItem item) => corpus.StatisticsOf(item)[0];
        double loud = max.Take(3).Average(Level), quiet = max.Skip(3).Take(3).Average(Level);
        Assert.That(loud - quiet, Is.GreaterThan(3), "the test needs levels that differ");
        List<double> shares = [];
        for (int seed = 1; seed <= 60; seed++)
        {
            EnrolmentSampler sampler = New(seed);
            foreach (CorpusItem item in max.Take(6))
            {
                double anger = (sampler.Draw(item, 3)!.Mean(0) - quiet) / (loud - quiet);
                shares.Add(item.Utterance.Emotion == "anger" ? anger : 1 - anger);
            }
        }
        Assert.That(shares.Average(), Is.EqualTo(0.5).Within(0.03));
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
            Features, 2, null, default);
        var sampler = new EnrolmentSampler(classifier, renamed, renamed.Corpus.Items, new RunSettings { Seed = 1 });
        Assert.That(renamed.Corpus.Items[0].Utterance.Speaker, Is.EqualTo("other/ann"));
        Assert.That(renamed.Corpus.Items.Select(item => sampler.Draw(item, 5)?.Means()),
            Is.EqualTo(corpus.Corpus.Items.Select(item => New(1).Draw(item, 5)?.Means())));
    }

    private EnrolmentSampler New(int seed) => new(classifier, corpus, corpus.Corpus.Items, new RunSettings { Seed = seed });

    private CorpusItem[] ItemsOf(string speaker) =>
        [.. corpus.Corpus.Items.Where(item => item.Utterance.Speaker == SpeakerNames.Full("corpus", speaker))];
}
