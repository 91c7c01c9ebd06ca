using System.Diagnostics;
using System.Globalization;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora.Duplicates;

/// <summary>SPEECHEMOTION_FILES sets how many clips of one noise are read, a twentieth of it (default 3,000).</summary>
public class NearDuplicatesTests
{
    private const int Utterances = 28;

    /// <summary>What codecs do, without one: coarsely quantised spectra, less bandwidth, another rate, level and start.</summary>
    private static readonly (string Name, Func<float[], float[]> Change)[] Changes =
    [
        ("quantised spectra", samples => QuantiseSpectra(samples, 256, 0.25)),
        ("quantised spectra, late and inverted", samples => [.. new float[529], .. QuantiseSpectra(Scale(samples, -1), 400, 0.25)]),
        ("8 kHz", samples => ThroughRate(samples, 8000)),
        ("11,025 Hz and 16 bits less 20 dB", samples => Scale(Round(Scale(ThroughRate(samples, 11025), 0.1f)), 1)),
        ("20 dB louder, clipped", samples => Array.ConvertAll(samples, x => Math.Clamp(10 * x, -1, 1))),
        ("1,000 samples cropped at both ends", samples => samples[1000..^1000]),
        ("noise at 10 dB", samples => TestSignals.WithNoise(samples, 0.1, 5)),
        ("low-pass at 1,500 Hz", samples => ThroughRate(samples, 3400)),
    ];

    [TestCaseSource(nameof(Names))]
    public void Find_ChangedCopies_PairsEachWithItsOriginalOnly(string name)
    {
        Func<float[], float[]> change = Changes.Single(each => each.Name == name).Change;
        float[][] originals = [.. Enumerable.Range(0, Utterances).Select(TestSignals.Speech)];

        IReadOnlyList<NearDuplicate> pairs = Find([.. originals, .. originals.Select(change)]);

        Assert.That(pairs.Where(pair => pair.Second != pair.First + Utterances), Is.Empty, "utterances of one text are no copies");
        Assert.That(pairs, Has.Count.GreaterThanOrEqualTo(name.Contains("clipped") ? 24 : Utterances));
    }

    private static IEnumerable<string> Names() => Changes.Select(each => each.Name);

    [TestCase("-c:a libmp3lame -b:a 32k", "mp3")]
    [TestCase("-c:a aac -b:a 32k", "m4a")]
    [TestCase("-c:a libvorbis -b:a 32k", "ogg")]
    [TestCase("-c:a libopus -b:a 24k", "opus")]
    public void Find_CopiesThroughACodec_PairsEachWithItsOriginal(string codec, string extension)
    {
        if (Ffmpeg.Find(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } ffmpeg)
        {
            Assert.Ignore("skipped: ffmpeg is not on this machine's PATH");
            return;
        }
        using TemporaryFolder folder = new();
        float[][] originals = [.. Enumerable.Range(0, 5).Select(TestSignals.Speech)];
        List<float[]> copies = [];
        foreach ((int i, float[] original) in originals.Index())
        {
            folder.WriteWav($"{i}.wav", original);
            using var encoder = Process.Start(ffmpeg,
                ["-nostdin", "-v", "error", "-i", folder[$"{i}.wav"], .. codec.Split(' '), folder[$"{i}.{extension}"]]);
            encoder.WaitForExit();
            if (encoder.ExitCode != 0)
                Assert.Ignore($"skipped: ffmpeg on this machine cannot encode with {codec}");
            copies.Add(AudioFile.Read(folder[$"{i}.{extension}"], TestSignals.Rate).Samples);
        }

        Assert.That(Find([.. originals, .. copies]).Select(pair => (pair.First, pair.Second)),
            Is.EqualTo(Enumerable.Range(0, 5).Select(i => (i, i + 5))));
    }

    [Test]
    public void Find_ClipsOfOneSteadyNoise_FindsNothing()
    {
        Assert.That(Find([.. Enumerable.Range(0, 100).Select(seed => TestSignals.WhiteNoise(2, 0.3, seed))]), Is.Empty);
        Assert.That(Find([.. Enumerable.Range(0, 100).Select(seed => TestSignals.PinkNoise(2, 0.3, seed))]), Is.Empty);
    }

    [Test]
    public void Find_HumUnderDifferentSpeech_FindsNothing()
    {
        float[] hum = TestSignals.Hum(1, 0.05);
        Assert.That(Find([.. Enumerable.Range(0, Utterances).Select(i => TestSignals.Mix(TestSignals.Speech(i), hum))]), Is.Empty);
    }

    [TestCase(0.05, 0)]
    [TestCase(0.3, 1)]
    public void Find_ShortRecordings_AreComparedFromATenthOfASecond(double seconds, int expected)
    {
        float[] samples = TestSignals.Speech(3)[2000..(2000 + (int)(seconds * TestSignals.Rate))];
        Assert.That(Find([samples, Scale(samples, 0.5f)]), Has.Count.EqualTo(expected));
    }

    [Test]
    public void Find_MoreCandidatesThanAreCompared_ReportsIt()
    {
        Fingerprint print = Print(TestSignals.Speech(1));
        Fingerprint[] others = [.. Enumerable.Range(0, NearDuplicates.MaxCandidates + 2).Select(i => print with
        {
            Signs = new SignSequence(new ulong[print.Signs.Words.Length]),
            ActiveBlocks = new SignSequence([]),
            Peaks = [print.Peaks[0] with { Signs = new SparseSigns(0, 0, 0, (ulong)i) }],
        })];

        (IReadOnlyList<NearDuplicate> pairs, IReadOnlyList<int> truncated) = NearDuplicates.Find(
            [.. others.Select((each, i) => KeyValuePair.Create(10 * i, each))], TestSignals.Rate, 2, CancellationToken.None);

        Assert.That(pairs, Is.Empty);
        Assert.That(truncated, Is.EqualTo(new[] { 0 }), "the others have no more after them");
    }

    [Test, Category("Files")]
    public void Read_ClipsOfOneNoise_FindsTheNearCopy()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_FILES") ?? "3000", CultureInfo.InvariantCulture) / 20;
        List<(Utterance, Func<Waveform>)> all = [.. Enumerable.Range(0, count).Select(i => Made(i, () => White(i)))];
        all.Add(Made(count, () => TestSignals.WithNoise(White(7), 0.001, 1)));
        var clock = Stopwatch.StartNew();

        Corpus corpus = Corpus.Read(CorpusListing.FromMemory(all), 16000, (_, _) => { }, null, 2, CancellationToken.None);

        TestContext.Out.WriteLine($"{count} clips of one noise: {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.That(corpus.Duplicates.Select(pair => (pair.Kind, pair.First.Path, pair.Second.Path)),
            Is.EqualTo(new[] { (DuplicateKind.Near, "made/000007", $"made/{count:000000}") }));
        Assert.That(corpus.Problems, Is.Empty);
    }

    [Test]
    public void Matches_ShortFormReadBack_RecognisesTheCopyAlone()
    {
        CompactFingerprint[] stored = [.. Enumerable.Range(0, Utterances)
            .Select(i => CompactFingerprint.Parse(CompactFingerprint.From(Print(TestSignals.Speech(i))).ToString()))];
        List<(int Copy, int Stored)> matches = [];
        for (int i = 0; i < Utterances; i++)
        {
            LandmarkMatcher copy = new(Print(QuantiseSpectra(Scale(TestSignals.Speech(i), 0.3f), 256, 0.25)));
            matches.AddRange(Enumerable.Range(0, Utterances).Where(j => copy.Matches(stored[j])).Select(j => (i, j)));
        }
        Assert.That(matches.Where(each => each.Copy != each.Stored), Is.Empty);
        Assert.That(matches, Has.Count.GreaterThanOrEqualTo(Utterances - 3));
        Assert.That(stored[0].ToString(), Has.Length.EqualTo(128));
    }

    [TestCase("AAAA")]
    [TestCase("?")]
    public void Parse_NoShortForm_Throws(string text) =>
        Assert.That(() => CompactFingerprint.Parse(text), Throws.InstanceOf<FormatException>());

    private static IReadOnlyList<NearDuplicate> Find(float[][] recordings) => NearDuplicates.Find(
        [.. recordings.Select((samples, i) => KeyValuePair.Create(i, Print(samples)))], TestSignals.Rate, 2, CancellationToken.None).Pairs;

    private static Fingerprint Print(float[] samples) => Fingerprint.Compute(new Waveform(samples, TestSignals.Rate))!;

    private static (Utterance, Func<Waveform>) Made(int index, Func<float[]> samples) =>
        (new Utterance($"made/{index:000000}", "anger", "anna", ""), () => new Waveform(samples(), 16000));

    private static float[] White(int seed) => TestSignals.WhiteNoise(seconds: 1, amplitude: 0.5, seed);

    private static float[] Scale(float[] samples, float factor) => Array.ConvertAll(samples, x => factor * x);

    private static float[] Round(float[] samples) => Array.ConvertAll(samples, x => MathF.Round(32768 * x) / 32768);

    private static float[] ThroughRate(float[] samples, int rate) =>
        Resampler.Resample(Resampler.Resample(new Waveform(samples, TestSignals.Rate), rate), TestSignals.Rate).Samples;

    /// <summary>
    /// A modified discrete cosine transform with a sine window (Princen and Bradley 1987), whose coefficients are rounded to multiples of
    /// <paramref name="step"/> times the largest of their frame: most become zero, as at a low bit rate.
    /// </summary>
    private static float[] QuantiseSpectra(float[] samples, int size, double step)
    {
        float[] result = new float[samples.Length];
        double[] window = [.. Enumerable.Range(0, 2 * size).Select(n => Math.Sin(Math.PI * (n + 0.5) / (2 * size)))];
        double[] cosines = [.. Enumerable.Range(0, 8 * size).Select(n => Math.Cos(Math.PI * n / (4 * size)))];
        double Cosine(int n, int k) => cosines[(int)((2L * n + 1 + size) * (2 * k + 1) % (8 * size))];
        for (int start = -size; start < samples.Length; start += size)
        {
            double[] spectrum = new double[size];
            for (int k = 0; k < size; k++)
                for (int n = Math.Max(0, -start); n < 2 * size && start + n < samples.Length; n++)
                    spectrum[k] += window[n] * samples[start + n] * Cosine(n, k);
            double unit = Math.Max(1e-9, step * spectrum.Max(Math.Abs));
            for (int k = 0; k < size; k++)
            {
                double value = unit * Math.Round(spectrum[k] / unit);
                for (int n = Math.Max(0, -start); value != 0 && n < 2 * size && start + n < samples.Length; n++)
                    result[start + n] += (float)(window[n] * value * Cosine(n, k) / size);
            }
        }
        return result;
    }
}
