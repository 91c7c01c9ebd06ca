using System.Collections.Concurrent;
using System.Security.Cryptography;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

internal sealed class CorpusTests
{
    [Test]
    public void Read_SmallTree_HandsOutEachSoundOnceAtOneRate()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("гнев/a b.wav", TestSignals.Syllables(1, 8000), 8000);
        folder.WriteWav("joy/2.wav", TestSignals.Syllables(2, 16000, 1.5));

        (Corpus corpus, ConcurrentDictionary<int, Waveform> used) = Read(folder, 16000);

        CorpusItem joy = corpus.Items[0], wrath = corpus.Items[1];
        Assert.That(corpus.Items.Select(item => item.Utterance.Path), Is.EqualTo(new[] { "joy/2.wav", "гнев/a b.wav" }));
        Assert.That(joy.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["joy/2.wav"])))));
        Assert.That((joy.Index, joy.Seconds, joy.SampleRate, joy.DuplicateGroup), Is.EqualTo((0, 1.5, 16000, 0)));
        Assert.That((wrath.Index, wrath.Seconds, wrath.SampleRate, wrath.DuplicateGroup), Is.EqualTo((1, 1.0, 8000, 1)));
        Assert.That(used.Keys, Is.EquivalentTo(new[] { 0, 1 }));
        Assert.That(used.Values.Select(sound => sound.SampleRate), Is.All.EqualTo(16000));
    }

    [Test]
    public void Read_BadFiles_ListsThemAndGoesOn()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("joy/1.wav", TestSignals.Syllables(1));
        folder.Write("joy/0 empty.wav", []);
        folder.WriteWav("joy/3 no samples.wav", []);

        (Corpus corpus, _) = Read(folder);

        Assert.That(corpus.Items, Has.Count.EqualTo(1));
        Assert.That(corpus.Unreadable.Select(each => each.Path), Is.EqualTo(new[] { "joy/0 empty.wav", "joy/3 no samples.wav" }));
        Assert.That(corpus.Unreadable.Select(each => each.Reason), Is.All.Not.Empty.And.All.Not.Contains(folder.Path));
    }

    [Test]
    public void Read_NothingReadable_NamesTheFirst()
    {
        using TemporaryFolder folder = new();
        folder.Write("joy/1.wav", []);

        Assert.That(() => Read(folder), Throws.TypeOf<InvalidDataException>().With.Message.Contains("joy/1.wav"));
    }

    [Test]
    public void Read_ArchiveHoldsEveryFileTwice_KeepsTheFirstOfEach()
    {
        using TemporaryFolder folder = new();
        foreach (string place in new[] { "set", "set/set" })
            for (int i = 0; i < 6; i++)
                folder.WriteWav($"{place}/OAF_word{i}_sad.wav", TestSignals.Syllables(i), 24414, extra: place.Length == 3 ? 0 : 4);

        (Corpus corpus, ConcurrentDictionary<int, Waveform> used) = Read(folder, kind: CorpusKind.Tess);

        Assert.That(corpus.Items.Select(item => item.Utterance.Path),
            Is.EqualTo(Enumerable.Range(0, 6).Select(i => $"set/OAF_word{i}_sad.wav")));
        Assert.That(used, Has.Count.EqualTo(6));
        Assert.That(corpus.Items.Select(item => used.ContainsKey(item.Index)), Is.All.True);
        Assert.That(corpus.Duplicates.Select(each => each.Kind).ToArray(), Has.Length.EqualTo(6).And.All.EqualTo(DuplicateKind.Copy));
        Assert.That(corpus.Problems.Single(), Is.EqualTo(
            new CorpusProblem(CorpusProblemKind.LeftOut, "set/set/OAF_word0_sad.wav", "an exact copy of a file before it", 6)));
    }

    [Test]
    public void Read_CopyUnderAnotherLabel_KeepsBothInOneGroup()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("anger/1.wav", TestSignals.Syllables(1));
        folder.WriteWav("fear/1.wav", TestSignals.Syllables(1));
        folder.WriteWav("fear/2.wav", TestSignals.Syllables(2));

        (Corpus corpus, ConcurrentDictionary<int, Waveform> used) = Read(folder);

        Assert.That(corpus.Items.Select(item => item.DuplicateGroup), Is.EqualTo(new[] { 0, 0, 2 }));
        Assert.That(corpus.Items[0].Index, Is.EqualTo(corpus.Items[1].Index));
        Assert.That(used, Has.Count.EqualTo(2));
        CorpusDuplicate pair = corpus.Duplicates.Single();
        Assert.That((pair.Kind, pair.First.Path, pair.Second.Path), Is.EqualTo((DuplicateKind.Contradiction, "anger/1.wav", "fear/1.wav")));
    }

    [Test]
    public void Read_CopyWithOtherSpeaker_IsReported()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("anger/anna/1.wav", TestSignals.Syllables(1));
        folder.WriteWav("anger/ben/1.wav", TestSignals.Syllables(1));

        (Corpus corpus, _) = Read(folder);

        Assert.That(corpus.Problems.Single().Reason, Does.EndWith("though the speakers differ"));
    }

    [Test]
    public void Read_SilentFiles_AreWarnedOfAndNotTakenForNearDuplicates()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("anger/1.wav", new float[8000]);
        folder.WriteWav("anger/2.wav", new float[9000]);

        (Corpus corpus, _) = Read(folder);

        Assert.That(corpus.Duplicates, Is.Empty);
        Assert.That(corpus.Problems.Single(), Is.EqualTo(
            new CorpusProblem(CorpusProblemKind.Warning, "anger/1.wav", "silent: there is no sound in it", 2)));
    }

    [Test]
    public void Read_FromMemory_HashesSamplesAs16BitPcm()
    {
        float[] samples = [0, 0.5f, -1, 1];
        byte[] pcm = [0, 0, 0, 0x40, 0, 0x80, 0xff, 0x7f];
        CorpusListing listing = CorpusListing.FromMemory(
            [(new Utterance("made/1", "joy", "anna", ""), () => new Waveform(samples, 16000))]);
        ConcurrentDictionary<int, Waveform> used = [];

        Corpus corpus = Corpus.Read(listing, 16000, (i, sound) => used[i] = sound, null, 1, CancellationToken.None);

        Assert.That(corpus.Items.Single().Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(pcm))));
        Assert.That(used[0].Samples, Is.EqualTo(samples));
    }

    [Test]
    public void Read_UseRefusesASound_CountsItAsUnreadable()
    {
        CorpusListing listing = FromMemory(3);

        Corpus corpus = Corpus.Read(
            listing, 16000, (i, _) => Refuse(i == 1), null, 2, CancellationToken.None);

        Assert.That(corpus.Items.Select(item => item.Index), Is.EqualTo(new[] { 0, 2 }));
        Assert.That(corpus.Unreadable.Single().ToString(), Is.EqualTo("made/1: too short"));
    }

    [Test]
    public void Read_UseFails_ThrowsItsOwnException() =>
        Assert.That(
            () => Corpus.Read(FromMemory(3), 16000, (_, _) => throw new NotSupportedException("no"), null, 2, CancellationToken.None),
            Throws.TypeOf<NotSupportedException>());

    [Test]
    public void Read_Cancelled_Stops()
    {
        using CancellationTokenSource stop = new();

        Assert.That(
            () => Corpus.Read(FromMemory(50), 16000, (_, _) => stop.Cancel(), null, 1, stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Read_Progress_ReachesTheCount()
    {
        Highest highest = new();

        Corpus.Read(FromMemory(5), 16000, (_, _) => { }, highest, 2, CancellationToken.None);

        Assert.That(highest.Value, Is.EqualTo(5));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void Read_NearCopies_AreFoundAmongOthers(int change)
    {
        // Energy of noise that lowers the correlation to 0.9992: 1 / (1 + share) = 0.9992².
        const double Share = 0.0016;
        float[] original = TestSignals.Syllables(100, 16000, 2);
        float[] copy = change switch
        {
            0 => Array.ConvertAll(original, x => 0.3f * x),
            1 => Array.ConvertAll(original, x => x + 0.02f),
            2 => [.. new float[397], .. original],
            3 => original[1200..],
            4 => TestSignals.WithNoise(original, Share, 1),
            _ => [.. new float[4001], .. TestSignals.WithNoise(Array.ConvertAll(original, x => -0.5f * x), Share, 2)],
        };
        List<(Utterance, Func<Waveform>)> all = [.. Enumerable.Range(0, 40).Select(i => Made(i, TestSignals.Syllables(i, 16000, 2)))];
        all.Add(Made(100, original));
        all.Add(Made(101, copy));

        Corpus corpus = Corpus.Read(CorpusListing.FromMemory(all), 16000, (_, _) => { }, null, 2, CancellationToken.None);

        CorpusDuplicate pair = corpus.Duplicates.Single();
        Assert.That((pair.Kind, pair.First.Path, pair.Second.Path), Is.EqualTo((DuplicateKind.Near, "made/100", "made/101")));
        Assert.That(pair.Correlation, Is.InRange(0.95, 1), "a lag between two signs costs up to 0.04");
        Assert.That(pair.LagSeconds, Is.EqualTo(change switch { 2 => 397, 3 => -1200, 5 => 4001, _ => 0 } / 16000.0).Within(1 / 4000.0));
        Assert.That(corpus.Items.GroupBy(item => item.DuplicateGroup).Count(), Is.EqualTo(41));
    }

    // Another utterance of the same energy lowers the correlation to 1 / √2, one of a tenth of it to 1 / √1.1 = 0.95.
    [TestCase(1.0, 0)]
    [TestCase(0.1, 1)]
    public void Read_MixtureWithAnother_IsADuplicateByItsCorrelation(double energy, int expected)
    {
        float[] levels = TestSignals.WhiteNoise(1, 1, 9), original = Shape(7), other = Shape(8);
        float[] mixture = TestSignals.Mix(original, Array.ConvertAll(other, x => (float)(Math.Sqrt(energy) * x)));
        CorpusListing listing = CorpusListing.FromMemory([Made(0, original), Made(1, mixture)]);

        Corpus corpus = Corpus.Read(listing, 16000, (_, _) => { }, null, 2, CancellationToken.None);

        Assert.That(corpus.Duplicates, Has.Count.EqualTo(expected));
        Assert.That(corpus.Duplicates.Select(each => each.Correlation), Is.All.EqualTo(1 / Math.Sqrt(1 + energy)).Within(0.02));

        // Noise with one level for each 100 ms, the same for every seed.
        float[] Shape(int seed) => [.. TestSignals.WhiteNoise(1, 1, seed).Select((x, i) => x * levels[i / 1600] * levels[i / 1600])];
    }

    [Test]
    public void Read_AnyNumberOfThreads_GivesTheSame()
    {
        using TemporaryFolder folder = new();
        for (int i = 0; i < 12; i++)
        {
            folder.WriteWav($"joy/{i}.wav", TestSignals.Syllables(i / 2));
            folder.WriteWav($"sad/{i}.wav", Array.ConvertAll(TestSignals.Syllables(i), x => 0.5f * x));
        }

        Corpus one = Read(folder, threads: 1).Corpus, many = Read(folder, threads: 4).Corpus;

        Assert.That(many.Items.Select(item => item with { Index = 0 }), Is.EqualTo(one.Items.Select(item => item with { Index = 0 })));
        Assert.That(many.Duplicates, Is.EqualTo(one.Duplicates));
        Assert.That(many.Problems, Is.EqualTo(one.Problems));
    }

    [Test]
    public void Create_SmallCorpus_CountsEverything()
    {
        using TemporaryFolder folder = new();
        folder.WriteWav("anna/joy/1.wav", TestSignals.Syllables(1, 16000, 1));
        folder.WriteWav("anna/joy/2.wav", TestSignals.Syllables(2, 16000, 2));
        folder.WriteWav("ben/sad/1.wav", TestSignals.Syllables(3, 8000, 4), 8000);
        folder.Write("ben/sad/2.wav", []);

        CorpusSummary summary = CorpusSummary.Create(Read(folder).Corpus);

        string name = Path.GetFileName(folder.Path);
        Assert.That(summary.Speakers, Is.EqualTo(new[] { $"{name}/anna", $"{name}/ben" }));
        Assert.That(summary.Emotions, Is.EqualTo(new[] { "happiness", "sadness" }));
        Assert.That(summary.Counts, Is.EqualTo(new[] { new[] { 2, 0 }, [0, 1] }));
        Assert.That(summary.SampleRates, Is.EqualTo(new[] { (16000, 2), (8000, 1) }));
        Assert.That(
            (summary.MinSeconds, summary.MedianSeconds, summary.MaxSeconds, summary.TotalSeconds),
            Is.EqualTo((1.0, 2.0, 4.0, 7.0)));
        Assert.That((summary.Utterances, summary.Texts, summary.Unreadable.Count), Is.EqualTo((3, 0, 1)));
    }

    private static (Corpus Corpus, ConcurrentDictionary<int, Waveform> Used) Read(
        TemporaryFolder folder, int rate = 16000, CorpusKind kind = CorpusKind.Folders, int threads = 2)
    {
        ConcurrentDictionary<int, Waveform> used = [];
        CorpusListing listing = CorpusListing.Scan(new CorpusSettings { Kind = kind }, folder.Path);
        Corpus corpus = Corpus.Read(
            listing, rate, (i, sound) => Assert.That(used.TryAdd(i, sound), Is.True), null, threads, CancellationToken.None);
        return (corpus, used);
    }

    private static CorpusListing FromMemory(int count) =>
        CorpusListing.FromMemory(Enumerable.Range(0, count).Select(i => Made(i, TestSignals.Syllables(i))));

    private static (Utterance, Func<Waveform>) Made(int i, float[] samples) =>
        (new Utterance($"made/{i}", "happiness", "", ""), () => new Waveform(samples, 16000));

    private static void Refuse(bool refused)
    {
        if (refused)
            throw new InvalidDataException("too short");
    }

    private sealed class Highest : IProgress<int>
    {
        private readonly Lock gate = new();

        public int Value { get; private set; }

        public void Report(int value)
        {
            lock (gate)
                Value = Math.Max(Value, value);
        }
    }
}
