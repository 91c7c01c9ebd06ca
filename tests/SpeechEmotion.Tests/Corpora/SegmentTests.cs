using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SpeechEmotion.Audio;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Corpora;

/// <summary>Manifests whose rows are segments of recordings.</summary>
internal sealed class SegmentTests
{
    private const int Rate = 16000;

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Read_Segments_AreTheSamplesBetweenTheirLimits()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 10));
        float[] whole = AudioFile.Read(folder["a.wav"]).Samples;

        (Corpus corpus, IReadOnlyDictionary<string, float[]> sound) = Read("start,end",
            "a.wav,anger,ann,6,8.5", "a.wav,fear,ann,0,2", "a.wav,sadness,bob,1.5,3", "a.wav,joy,bob,2.25,2.75",
            "a.wav,neutral,ann,9.00005,", "a.wav,disgust,ann,,", "a.wav,calm,ann,9.5,10.004");

        Assert.That(corpus.Unreadable, Is.Empty);
        Assert.That(sound.Keys, Is.EquivalentTo(new[]
        {
            "a.wav", "a.wav#0-2", "a.wav#1.5-3", "a.wav#2.25-2.75", "a.wav#6-8.5", "a.wav#9.00005-", "a.wav#9.5-10.004",
        }));
        Assert.That(sound["a.wav"], Is.EqualTo(whole));
        Assert.That(sound["a.wav#6-8.5"], Is.EqualTo(whole[96000..136000]));
        Assert.That(sound["a.wav#0-2"], Is.EqualTo(whole[..32000]));
        Assert.That(sound["a.wav#1.5-3"], Is.EqualTo(whole[24000..48000]));
        Assert.That(sound["a.wav#2.25-2.75"], Is.EqualTo(whole[36000..44000]));
        Assert.That(sound["a.wav#9.00005-"], Is.EqualTo(whole[144001..]));
        Assert.That(sound["a.wav#9.5-10.004"], Is.EqualTo(whole[152000..]));
        Assert.That(corpus.Items.Single(item => item.Utterance.Path == "a.wav#1.5-3").Seconds, Is.EqualTo(1.5));
    }

    [Test]
    public void Read_SegmentsOfACompressedFile_EqualItsWholeDecoding()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 6));
        if (FfmpegInstall.Find() is not { } ffmpeg)
        {
            Assert.Ignore("skipped: ffmpeg is not on this machine's PATH");
            return;
        }
        using (var process = Process.Start(ffmpeg, ["-v", "error", "-nostdin", "-i", folder["a.wav"], folder["a.ogg"]]))
            process.WaitForExit();
        float[] whole = AudioFile.Read(folder["a.ogg"]).Samples;

        (Corpus corpus, IReadOnlyDictionary<string, float[]> sound) = Read("start,end",
            "a.ogg,anger,ann,4,5.5", "a.ogg,fear,ann,0.5,2", "a.ogg,sadness,bob,1,3");

        Assert.That(corpus.Unreadable, Is.Empty);
        Assert.That(sound["a.ogg#0.5-2"], Is.EqualTo(whole[8000..32000]));
        Assert.That(sound["a.ogg#1-3"], Is.EqualTo(whole[16000..48000]));
        Assert.That(sound["a.ogg#4-5.5"], Is.EqualTo(whole[64000..88000]));
    }

    [Test]
    public void Read_SegmentsOutsideTheRecording_CostTheirRows()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 4));

        (Corpus corpus, _) = Read("start,end",
            "a.wav,anger,ann,1,2", "a.wav,anger,ann,3,4.2", "a.wav,anger,ann,7,8", "a.wav,anger,ann,2,3", "a.wav,anger,ann,1,1.00001",
            "gone.wav,anger,ann,0,1");

        Assert.That(corpus.Items.Select(item => item.Utterance.Path), Is.EqualTo(new[] { "a.wav#1-2", "a.wav#2-3" }));
        Assert.That(corpus.Unreadable.Select(problem => problem.ToString()), Is.EqualTo(new[]
        {
            "a.wav#1-1.00001: the segment #1-1.00001 is shorter than one sample at 16000 Hz",
            "a.wav#3-4.2: the segment ends at 4.2 s, after the end of the recording at 4 s",
            "a.wav#7-8: the segment begins at 7 s, after the end of the recording at 4 s",
            $"gone.wav#0-1: Could not find file '{folder["gone.wav"]}'.",
        }));
    }

    [TestCase("start,end", "5,5", "column end: 5 s: must be after the start, 5 s")]
    [TestCase("start,end", "5,4.5", "column end: 4.5 s: must be after the start, 5 s")]
    [TestCase("start,end", "x,4", "column start: 'x' is not a number of seconds")]
    [TestCase("begin,end_time", "NaN,4", "column begin: 'NaN' is not a number of seconds")]
    [TestCase("begin,end_time", "1,inf", "column end_time: 'inf' is not a number of seconds")]
    [TestCase("start,end", "\"1,5\",4", "column start: '1,5' is not a number of seconds, such as 1.25")]
    [TestCase("start,end", "-1,4", "column start: '-1': must be at least 0 s")]
    [TestCase("onset,offset", "3,2", "column offset: 2 s: must be after the start, 3 s")]
    [TestCase("start,duration", "3,0", "column duration: 0 s: must be greater than 0")]
    public void Scan_InvalidLimits_NameLineAndColumn(string columns, string limits, string message)
    {
        Write($"path,emotion,speaker,{columns}", "a.wav,anger,ann,0,1", $"a.wav,anger,ann,{limits}");

        Assert.That(() => Scan(), Throws.TypeOf<InvalidDataException>()
            .With.Message.StartsWith($"{folder["manifest.csv"]} line 3, {message}"));
    }

    [TestCase("onset,offset", "1,2.5")]
    [TestCase("Start Time,End-Time", "1,2.5")]
    [TestCase("offset,duration", "1,1.5")]
    [TestCase("begin,duration", "1,1.5")]
    [TestCase("start,end", "1.000,2.50")]
    public void Scan_OtherNamesOfTheLimits_AreUnderstood(string columns, string limits)
    {
        Write($"path,emotion,speaker,{columns}", $"a.wav,anger,ann,{limits}");

        Assert.That(Scan().Utterances.Single().Path, Is.EqualTo("a.wav#1-2.5"));
        Assert.That(Scan().Problems, Is.Empty);
    }

    [Test]
    public void Scan_OffsetAlone_IsRefusedAsAmbiguous()
    {
        Write("path,emotion,speaker,offset", "a.wav,anger,ann,1");

        Assert.That(() => Scan(), Throws.TypeOf<InvalidDataException>().With.Message.Contains("'offset' can be a start or an end"));
    }

    [Test]
    public void Scan_DurationWithoutStart_IsNotUsedAndNoted()
    {
        Write("path,emotion,speaker,duration", "a.wav,anger,ann,1");

        Assert.That(Scan().Utterances.Single().Path, Is.EqualTo("a.wav"));
        Assert.That(Scan().Problems.Single().Reason, Is.EqualTo("columns that are not used: duration"));
    }

    [Test]
    public void Read_SegmentsAndWholeOfOneFile_AreOneGroupWithDifferentHashes()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 4));
        folder.WriteWav("b.wav", TestSignals.Syllables(2, Rate, 4));
        File.Copy(folder["a.wav"], folder["copy.wav"]);

        (Corpus corpus, _) = Read("start,end",
            "a.wav,anger,ann,0,2", "a.wav,anger,bob,2,4", "a.wav,fear,ann,,", "b.wav,fear,cid,0,2", "copy.wav,anger,dan,1,3");

        Dictionary<string, CorpusItem> items = corpus.Items.ToDictionary(item => item.Utterance.Path);
        Assert.That(items.Values.Select(item => item.Sha256).Distinct().Count(), Is.EqualTo(5));
        Assert.That(items["a.wav#0-2"].Sha256, Is.EqualTo(items["a.wav"].Sha256 + "#0-2"));
        Assert.That(items["copy.wav#1-3"].Sha256, Is.EqualTo(items["a.wav"].Sha256 + "#1-3"));
        int group = items["a.wav"].DuplicateGroup;
        Assert.That(items.Values.Where(item => item.DuplicateGroup == group).Select(item => item.Utterance.Path),
            Is.EquivalentTo(new[] { "a.wav", "a.wav#0-2", "a.wav#2-4", "copy.wav#1-3" }));
    }

    [Test]
    public void Split_SegmentsOfOneFile_AreNeverOnBothSides()
    {
        List<string> rows = [];
        for (int file = 0; file < 12; file++)
        {
            folder.WriteWav($"{file}.wav", TestSignals.Syllables(file, Rate, 3));
            for (int i = 0; i < 4; i++)
                rows.Add(FormattableString.Invariant($"{file}.wav,{(i % 2 == 0 ? "anger" : "fear")},s{file},{i * 0.5},{(i * 0.5) + 1}"));
        }
        (Corpus corpus, _) = Read("start,end", [.. rows]);
        for (int seed = 0; seed < 10; seed++)
        {
            CorpusSplit split = Splitter.Split(corpus.Items, new SplitSettings { By = SplitBy.Random }, seed);

            Assert.That(split.Parts.Distinct().Count(), Is.EqualTo(3));
            Assert.That(corpus.Items.Zip(split.Parts).GroupBy(pair => pair.First.Utterance.Path.Split('#')[0])
                .Select(file => file.Select(pair => pair.Second).Distinct().Count()), Is.All.EqualTo(1));
        }
    }

    [Test]
    public void Split_PartsOfTheManifestDivideAFile_PutsItOnOneSideAndSaysSo()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 4));
        folder.WriteWav("b.wav", TestSignals.Syllables(2, Rate, 4));
        (Corpus corpus, _) = Read("start,end,split",
            "a.wav,anger,ann,0,2,train", "a.wav,anger,ann,2,3,train", "a.wav,anger,ann,3,4,test", "b.wav,anger,bob,0,2,train");

        CorpusSplit split = Splitter.Split(corpus.Items, new SplitSettings { By = SplitBy.Predefined, Validation = 0 }, 1);

        Assert.That(split.Parts, Is.EqualTo(new[] { Part.Test, Part.Test, Part.Test, Part.Train }));
        Assert.That(split.Notes[0], Is.EqualTo(
            "a.wav#0-2 and 1 more go from train to test: they are copies or segments of recordings there"));
        string file = folder["split.csv"];
        SplitFile.Write(file, corpus.Items, split.Parts);
        IReadOnlyList<SplitRow> rows = SplitFile.Read(file);
        Assert.That(rows.Select(row => row.Path), Is.EqualTo(new[] { "a.wav#0-2", "a.wav#2-3", "a.wav#3-4", "b.wav#0-2" }));
        Assert.That(rows.Select(row => row.Sha256).Distinct().Count(), Is.EqualTo(4));

        (Corpus other, _) = Read("start,end", "a.wav,anger,ann,0.5,2.5", "b.wav,anger,bob,1,3");
        Assert.That(SplitFile.Match(rows, other.Items), Is.EqualTo(new Part?[] { Part.Test, Part.Train }), "other limits, same recording");
    }

    [Test]
    public void Read_WithCache_RecallsEachSegmentByItsLimits()
    {
        folder.WriteWav("a.wav", TestSignals.Syllables(1, Rate, 4));
        FeatureSettings features = new();
        Write("path,emotion,speaker,start,end", "a.wav,anger,ann,0,2", "a.wav,fear,ann,2,4");
        CorpusFeatures first = Extract(features);
        Write("path,emotion,speaker,start,end", "a.wav,anger,ann,0,2", "a.wav,fear,ann,1,3");
        CorpusFeatures second = Extract(features);

        Assert.That((first.Extraction.FromCache, second.Extraction.FromCache), Is.EqualTo((0, 1)));
        Assert.That(second.FeaturesOf(second.Corpus.Items[0]).Values, Is.EqualTo(first.FeaturesOf(first.Corpus.Items[0]).Values));
        Assert.That(second.FeaturesOf(second.Corpus.Items[1]).Values, Is.Not.EqualTo(first.FeaturesOf(first.Corpus.Items[1]).Values));
    }

    [Test]
    public void Read_ThousandSegmentsOfALongFile_DecodesItOnce()
    {
        const int seconds = 600, count = 1000;
        float[] minute = TestSignals.Syllables(1, Rate, 60);
        float[] samples = [.. Enumerable.Range(0, seconds / 60).SelectMany(i => minute.Select(x => x * (1 - (0.05f * i))))];
        folder.WriteWav("long.wav", samples);
        var random = new Random(1);
        List<string> rows = [];
        for (int i = 0; i < count; i++)
        {
            double start = Math.Round(random.NextDouble() * (seconds - 4), 2);
            rows.Add(FormattableString.Invariant($"long.wav,anger,ann,{start},{Math.Round(start + 0.3, 2)}"));
        }
        float[] whole = AudioFile.Read(folder["long.wav"]).Samples;
        var clock = Stopwatch.StartNew();

        (_, IReadOnlyDictionary<string, float[]> sound) = Read("start,end", [.. rows.Distinct()]);

        TestContext.Out.WriteLine($"{count} segments of {seconds} s: {clock.Elapsed.TotalSeconds:0.00} s");
        foreach ((string path, float[] got) in sound)
        {
            double[] limits = [.. path.Split('#')[1].Split('-').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.That(got, Is.EqualTo(whole[(int)Math.Round(limits[0] * Rate)..(int)Math.Round(limits[1] * Rate)]), path);
        }
    }

    /// <summary>SPEECHEMOTION_ROWS sets the number of rows (default 20,000).</summary>
    [Test]
    public void Scan_ManyRows_TakesSeconds()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SPEECHEMOTION_ROWS") ?? "20000", CultureInfo.InvariantCulture);
        StringBuilder rows = new("path,emotion,speaker,split,text,start,end\n");
        for (int i = 0; i < count; i++)
            rows.Append(CultureInfo.InvariantCulture, $"calls/{i / 100:0000}.wav,{(i % 2 == 0 ? "anger" : "Traurigkeit")},s{i / 500},")
                .Append(CultureInfo.InvariantCulture, $"train,\"sentence, {i % 40}\",{i % 100}.25,{(i % 100) + 1}.5\n");
        folder.Write("manifest.csv", Encoding.UTF8.GetBytes(rows.ToString()));
        var clock = Stopwatch.StartNew();

        CorpusListing listing = Scan();

        TestContext.Out.WriteLine($"{count} rows: {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.That(listing.Utterances, Has.Count.EqualTo(count));
        Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(5 + (count / 5000.0)));
    }

    private CorpusFeatures Extract(FeatureSettings features) => CorpusFeatures.Read(
        Scan(), features, 2, null, CancellationToken.None, new FeatureCache(folder["cache"], features));

    private void Write(params string[] lines) => folder.Write("manifest.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    private CorpusListing Scan() => CorpusListing.Scan(new CorpusSettings { Kind = CorpusKind.Manifest, Name = "x" }, folder.Path);

    private (Corpus Corpus, IReadOnlyDictionary<string, float[]> Sound) Read(string columns, params string[] rows)
    {
        Write([$"path,emotion,speaker,{columns}", .. rows]);
        CorpusListing listing = Scan();
        ConcurrentDictionary<string, float[]> sound = [];
        Corpus corpus = Corpus.Read(
            listing, Rate, (i, wave) => sound[listing.Utterances[i].Path] = wave.Samples, null, 2, CancellationToken.None);
        return (corpus, sound);
    }
}
