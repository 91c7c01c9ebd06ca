using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Corpora.Synthetic;

internal sealed class SyntheticCorpusTests
{
    private static readonly SyntheticCorpus corpus = new(new SyntheticSettings());

    [Test]
    public void Utterances_Default_AreTwelveSpeakersInSevenEmotions()
    {
        Assert.That(corpus.Utterances, Has.Count.EqualTo(840));
        Assert.That(corpus.Utterances.Select(u => u.Speaker).Distinct().Count(), Is.EqualTo(12));
        Assert.That(corpus.Utterances.Select(u => u.Emotion).Distinct(),
            Is.EquivalentTo(new[] { "anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise" }));
        Assert.That(corpus.Utterances.Select(u => u.Path), Is.Unique);
        Assert.That(corpus.Utterances[0].Path, Does.Match("^synthetic/S01/S01_[a-z]+_anger\\.wav$"));
    }

    [Test]
    public void Utterances_EachSpeaker_SpeaksTheSameWordsInEveryEmotion()
    {
        foreach (var speaker in corpus.Utterances.GroupBy(u => u.Speaker))
        {
            string[][] words = [.. speaker.GroupBy(u => u.Emotion).Select(g => g.Select(u => u.Text).Order().ToArray())];
            Assert.That(words, Is.All.EqualTo(words[0]), speaker.Key);
        }
        Assert.That(corpus.Utterances.Select(u => u.Text).Distinct().Count(), Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    public void Utterances_MoreThanThereAreWords_AreNumberedTakes()
    {
        var many = new SyntheticCorpus(new SyntheticSettings { Speakers = 2, UtterancesPerEmotion = 60 });

        Assert.That(many.Utterances.Select(u => u.Path), Is.Unique);
        Assert.That(many.Utterances.Count(u => u.Path.EndsWith("_3.wav", StringComparison.Ordinal)), Is.EqualTo(2 * 7 * 12));
    }

    [TestCase(1, 10, "Speakers")]
    [TestCase(12, 0, "UtterancesPerEmotion")]
    public void Construct_SizeTooSmall_NamesTheSetting(int speakers, int utterances, string setting) =>
        Assert.That(() => new SyntheticCorpus(new SyntheticSettings { Speakers = speakers, UtterancesPerEmotion = utterances }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains($"Corpus.Synthetic.{setting}"));

    [TestCase(-1)]
    [TestCase(840)]
    public void Render_NoSuchUtterance_Throws(int index) =>
        Assert.That(() => corpus.Render(index), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Render_SameSettings_AreBitIdenticalInAnyOrderOnAnyThread()
    {
        int[] some = [.. Enumerable.Range(0, 42).Select(i => i * 20)];
        float[][] inOrder = [.. some.Select(i => corpus.Render(i).Samples)];
        var again = new SyntheticCorpus(new SyntheticSettings());
        float[][] inParallel = new float[some.Length][];

        _ = Parallel.For(0, some.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => inParallel[some.Length - 1 - i] = again.Render(some[some.Length - 1 - i]).Samples);

        for (int i = 0; i < some.Length; i++)
            Assert.That(inParallel[i].AsSpan().SequenceEqual(inOrder[i]), Is.True, again.Utterances[some[i]].Path);
    }

    [Test]
    public void Render_LargerCorpus_LeavesCommonUtterancesAsTheyWere()
    {
        var larger = new SyntheticCorpus(new SyntheticSettings { Speakers = 13, UtterancesPerEmotion = 11 });
        int index = larger.Utterances.ToList().FindIndex(u => u.Path == corpus.Utterances[205].Path);

        Assert.That(larger.Render(index).Samples, Is.EqualTo(corpus.Render(205).Samples));
    }

    [Test]
    public void Render_OtherSeed_IsAnotherCorpus()
    {
        var other = new SyntheticCorpus(new SyntheticSettings { Seed = 2 });

        Assert.That(other.Render(0).Samples, Is.Not.EqualTo(corpus.Render(0).Samples));
    }

    [Test]
    public void Render_Everything_IsFiniteUnclippedAndOfTheStatedLength()
    {
        var sounds = new Waveform[corpus.Utterances.Count];
        _ = Parallel.For(0, sounds.Length, i => sounds[i] = corpus.Render(i));

        for (int i = 0; i < sounds.Length; i++)
        {
            Waveform sound = sounds[i];
            string path = corpus.Utterances[i].Path;
            float peak = sound.Samples.Max(Math.Abs);
            Assert.That(sound.SampleRate, Is.EqualTo(16000), path);
            Assert.That(sound.Seconds, Is.InRange(1.45, 2.65), path);
            Assert.That(Array.TrueForAll(sound.Samples, float.IsFinite), Is.True, path);
            Assert.That(peak, Is.InRange(0.01f, 0.901f), path);
            Assert.That(Math.Abs(sound.Samples.Average()), Is.LessThan(0.01 * peak), path);
        }
    }

    [Test]
    public void WriteTo_Folder_HoldsTheSamplesTo16BitsAndAManifest()
    {
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"synthetic-{Guid.NewGuid():N}");
        var small = new SyntheticCorpus(new SyntheticSettings { Speakers = 2, UtterancesPerEmotion = 1 });
        try
        {
            small.WriteTo(folder);

            for (int i = 0; i < small.Utterances.Count; i++)
            {
                Waveform read = AudioFile.Read(Path.Combine(folder, small.Utterances[i].Path));
                Assert.That(read.SampleRate, Is.EqualTo(16000));
                Assert.That(read.Samples, Is.EqualTo(small.Render(i).Samples).Within(0.5 / 32768 + 1e-7));
            }
            string[] manifest = File.ReadAllLines(Path.Combine(folder, "manifest.csv"));
            Utterance first = small.Utterances[0];
            Assert.That(manifest, Has.Length.EqualTo(15));
            Assert.That(manifest[0], Is.EqualTo("path,emotion,speaker,text"));
            Assert.That(manifest[1], Is.EqualTo($"{first.Path},anger,S01,{first.Text}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
