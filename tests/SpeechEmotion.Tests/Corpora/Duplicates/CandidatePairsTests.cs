using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Duplicates;

/// <summary>SPEECHEMOTION_FILES sets how many clips of one noise are read, a twentieth of it (default 3,000).</summary>
public class CandidatePairsTests
{
    [Test]
    public void Find_FiveThousandClipsOfOneNoise_KeepsFewPairsEachAndEveryNearCopy()
    {
        SeededRandom random = Seeds.Random(1, "noise");
        Fingerprint[] prints = [.. Enumerable.Range(0, 5000).Select(i => Noise(random))];
        // Every hundredth comes again as a near copy: the values hardly move.
        List<Fingerprint> all = [.. prints];
        for (int i = 0; i < prints.Length; i += 100)
            all.Add(Moved(prints[i], random));

        CandidatePairs found = CandidatePairs.Find(all.Select((print, i) => KeyValuePair.Create(i, print)));

        Assert.That(found.Pairs, Has.Count.LessThanOrEqualTo(all.Count * CandidatePairs.Nearest), "of 12,000,000");
        Assert.That(found.Pairs, Is.Ordered.And.Unique);
        for (int i = 0; i < prints.Length; i += 100)
            Assert.That(found.Pairs, Has.Member((i, prints.Length + (i / 100))));
        Assert.That(found.Truncated, Has.Count.GreaterThan(all.Count * 9 / 10));
    }

    /// <summary>The number of pairs stays limited where all fingerprints are equal.</summary>
    [Test]
    public void Find_MoreEqualPrintsThanNeighbours_KeepsFewPairsEach()
    {
        Fingerprint print = Noise(Seeds.Random(2, "noise"));
        const int count = CandidatePairs.Neighbours + 1000;
        CandidatePairs found = CandidatePairs.Find(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(i, print)));
        Assert.That(found.Pairs, Has.Count.LessThanOrEqualTo(count * CandidatePairs.Nearest));
        Assert.That(found.Truncated, Has.Count.EqualTo(count));
    }

    [Test]
    public void Find_AsManyAsAreKept_IsNotTruncated()
    {
        Fingerprint print = Noise(Seeds.Random(2, "noise"));
        CandidatePairs found = CandidatePairs.Find(Enumerable.Range(0, CandidatePairs.Nearest + 1)
            .Select(i => KeyValuePair.Create(10 * i, print)));
        Assert.That(found.Pairs, Has.Count.EqualTo(CandidatePairs.Nearest * (CandidatePairs.Nearest + 1) / 2));
        Assert.That(found.Truncated, Is.Empty);
    }

    [Test, Category("Files")]
    public void Read_ClipsOfOneNoise_FindsTheNearCopyAndReportsTheTruncation()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_FILES") ?? "3000", CultureInfo.InvariantCulture) / 20;
        List<(Utterance, Func<Waveform>)> all = [.. Enumerable.Range(0, count).Select(i => Made(i, () => White(i)))];
        all.Add(Made(count, () => TestSignals.WithNoise(White(7), 0.001, 1)));
        var clock = Stopwatch.StartNew();

        Corpus corpus = Corpus.Read(CorpusListing.FromMemory(all), 16000, (_, _) => { }, null, 2, CancellationToken.None);

        TestContext.Out.WriteLine($"{count} clips of one noise: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.That(corpus.Duplicates.Select(pair => (pair.Kind, pair.First.Path, pair.Second.Path)),
            Is.EqualTo(new[] { (DuplicateKind.Near, "made/000007", $"made/{count:000000}") }));
        Assert.That(corpus.Problems.Single().ToString(), Does.Contain("more: resembles so many recordings"));
        Assert.That(corpus.Problems.Single().Count, Is.GreaterThan(count * 3 / 4));
    }

    private static (Utterance, Func<Waveform>) Made(int index, Func<float[]> samples) =>
        (new Utterance($"made/{index:000000}", "anger", "anna", ""), () => new Waveform(samples(), 16000));

    private static float[] White(int seed) => TestSignals.WhiteNoise(seconds: 1, amplitude: 0.5, seed);

    // As two seconds of white noise at 16 kHz scatter.
    private static Fingerprint Noise(SeededRandom random) => new()
    {
        Centre = 1 + (0.004 * (random.NextDouble() - 0.5)),
        Spread = 0.577 * (1 + (0.008 * (random.NextDouble() - 0.5))),
        Skewness = 0.02 * (random.NextDouble() - 0.5),
        Kurtosis = 1.8 * (1 + (0.01 * (random.NextDouble() - 0.5))),
        Autocorrelation = [.. Enumerable.Range(0, 4).Select(_ => 0.015 * (random.NextDouble() - 0.5))],
    };

    private static Fingerprint Moved(Fingerprint print, SeededRandom random) => print with
    {
        Spread = print.Spread * (1 + (0.0003 * (random.NextDouble() - 0.5))),
        Skewness = print.Skewness + (0.001 * (random.NextDouble() - 0.5)),
        Kurtosis = print.Kurtosis * (1 + (0.0005 * (random.NextDouble() - 0.5))),
        Autocorrelation = [.. print.Autocorrelation.Select(value => value + (0.0008 * (random.NextDouble() - 0.5)))],
    };
}
