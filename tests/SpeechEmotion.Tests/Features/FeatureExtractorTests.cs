using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class FeatureExtractorTests
{
    private static readonly FeatureSettings Everything = new()
    {
        Deltas = 2, Rms = true, Zcr = true, Centroid = true, TopDb = 80, EstimateTuning = true, TrimDb = 0,
    };

    [Test]
    public void Blocks_EveryFeature_CoverTheNamedRowsInOrder()
    {
        FeatureExtractor extractor = new(Everything);

        Assert.That(extractor.Blocks, Is.EqualTo(new FeatureBlock[]
        {
            new(FeatureKind.Mel, 0, 64), new(FeatureKind.Mfcc, 64, 40), new(FeatureKind.Delta, 104, 40),
                new(FeatureKind.DeltaDelta, 144, 40),
            new(FeatureKind.Chroma, 184, 12), new(FeatureKind.Rms, 196, 1), new(FeatureKind.Zcr, 197, 1), new(FeatureKind.Centroid, 198, 1),
        }));
        Assert.That(extractor.Count, Is.EqualTo(199));
        Assert.That(extractor.Names, Has.Count.EqualTo(199).And.Unique);
        Assert.That(new[] { 0, 64, 104, 144, 184, 196, 197, 198 }.Select(row => extractor.Names[row]), Is.EqualTo(new[]
        {
            "mel0", "mfcc0", "mfcc0.delta", "mfcc0.delta2", "chroma0", "rms", "zcr", "centroid",
        }));
    }

    [Test]
    public void Extract_OneFeatureAlone_EqualsItsRowsAmongAll()
    {
        float[] samples = TestSignals.Noise(7000);
        FeatureExtractor all = new(Everything);
        FeatureMatrix together = all.Extract(samples);
        FeatureSettings none = Everything with { Mel = false, Mfcc = 0, Deltas = 0, Chroma = 0, Rms = false, Zcr = false,
            Centroid = false };
        (FeatureKind, FeatureSettings)[] alone =
        [
            (FeatureKind.Mel, none with { Mel = true }), (FeatureKind.Mfcc, none with { Mfcc = 40 }),
                (FeatureKind.Chroma, none with { Chroma = 12 }),
            (FeatureKind.Rms, none with { Rms = true }), (FeatureKind.Zcr, none with { Zcr = true }),
                (FeatureKind.Centroid, none with { Centroid = true }),
        ];

        foreach ((FeatureKind kind, FeatureSettings settings) in alone)
        {
            FeatureBlock block = all.Blocks.Single(candidate => candidate.Kind == kind);
            int frames = together.Frames;
            Assert.That(new FeatureExtractor(settings).Extract(samples).Values,
                Is.EqualTo(together.Values[(block.First * frames)..((block.First + block.Count) * frames)]), kind.ToString());
        }
    }

    [Test]
    public void Extract_AnyVectorWidth_GivesTheSameBits([Values(1, 159, 160, 2400, 9999, 33333)] int samples)
    {
        float[] noise = TestSignals.Noise(samples);
        float[] expected = new FeatureExtractor(Everything, 16).Extract(noise).Values;

        Assert.That(new FeatureExtractor(Everything, 8).Extract(noise).Values, Is.EqualTo(expected));
        Assert.That(new FeatureExtractor(Everything, 4).Extract(noise).Values, Is.EqualTo(expected));
    }

    [Test]
    public void Extract_ClipMovedByFrames_GivesTheSameBits([Values(1, 5, 64)] int moved)
    {
        FeatureSettings settings = new() { Rms = true, Centroid = true, TrimDb = 0 };
        FeatureExtractor extractor = new(settings);
        float[] noise = TestSignals.Noise(20000);
        FeatureMatrix whole = extractor.Extract(noise);
        FeatureMatrix tail = extractor.Extract(noise.AsSpan(moved * settings.HopLength));

        // The first frames of the tail lack what stood before it.
        int skipped = settings.ChromaFftLength / 2 / settings.HopLength + 1;
        for (int row = 0; row < extractor.Count; row++)
            Assert.That(tail.Row(row)[skipped..].SequenceEqual(whole.Row(row)[(skipped + moved)..]), extractor.Names[row]);
    }

    [Test]
    public void Extract_ManyThreads_EqualsOneThread()
    {
        FeatureExtractor extractor = new(Everything);
        float[][] clips = [.. Enumerable.Range(0, 64).Select(i => TestSignals.Noise(1000 + 331 * i, i))];
        float[][] serial = [.. clips.Select(clip => extractor.Extract(clip).Values)];
        float[][] parallel = new float[clips.Length][];
        Parallel.For(0, clips.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => parallel[i] = extractor.Extract(clips[i]).Values);

        Assert.That(parallel, Is.EqualTo(serial));
    }

    [TestCaseSource(nameof(HardSignals))]
    public void Extract_HardSignal_IsFinite(float[] samples)
    {
        foreach (FeatureSettings settings in new[] { Everything, Everything with { TopDb = 0, EstimateTuning = false, TrimDb = 35 } })
        {
            FeatureMatrix features = new FeatureExtractor(settings).Extract(samples);
            Assert.That(features.Values, Has.All.Matches<float>(float.IsFinite));
        }
    }

    [TestCase(1, 1)]
    [TestCase(159, 1)]
    [TestCase(160, 2)]
    [TestCase(16000, 101)]
    public void Extract_Length_GivesOneFrameAHop(int samples, int frames) =>
        Assert.That(new FeatureExtractor(Everything).Extract(TestSignals.Noise(samples)).Frames, Is.EqualTo(frames));

    [Test]
    public void Extract_NoSamples_Throws() =>
        Assert.That(() => new FeatureExtractor(Everything).Extract([]), Throws.ArgumentException.With.Message.Contains("0 samples"));

    [Test]
    public void Extract_SilenceAroundSpeech_IsCutBeforehand()
    {
        FeatureExtractor extractor = new(new FeatureSettings());
        float[] speech = TestSignals.Noise(8000);
        float[] clip = [.. new float[16000], .. speech, .. new float[16000]];

        // 0.5 s and a margin of 0.1 s on both sides, to a frame on both sides.
        Assert.That(extractor.Extract(clip).Frames, Is.EqualTo(1 + 70).Within(5));
        Assert.That(extractor.Extract(speech).Frames, Is.EqualTo(1 + 50));
    }

    [Test]
    public void Extract_ManyClips_AllocatesTheirResultsOnly()
    {
        FeatureExtractor extractor = new(Everything);
        float[] samples = TestSignals.Noise(16000);
        for (int i = 0; i < 3; i++)
            extractor.Extract(samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int clips = 20;
        long values = 0;
        for (int i = 0; i < clips; i++)
            values += extractor.Extract(samples).Values.Length;
        long beyond = GC.GetAllocatedBytesForCurrentThread() - before - values * sizeof(float);

        Assert.That(beyond / clips, Is.LessThan(512), "bytes a clip beyond the values");
    }

    [Test]
    public void ExtractAll_ManyClips_GivesEachAsAlone([Values(1, 3)] int threads)
    {
        FeatureExtractor extractor = new(Everything);
        float[][] clips = [.. Enumerable.Range(0, 20).Select(i => TestSignals.Noise(1 + 777 * i, i))];
        FeatureMatrix[] all = extractor.ExtractAll([.. clips.Select(clip => (ReadOnlyMemory<float>)clip)], threads);
        Assert.That(all.Select(features => features.Values), Is.EqualTo(clips.Select(clip => extractor.Extract(clip).Values)));
    }

    [Test]
    public void ExtractAll_ClipWithoutSamples_IsNamed() =>
        Assert.That(() => new FeatureExtractor(Everything).ExtractAll([new float[1], ReadOnlyMemory<float>.Empty]),
            Throws.ArgumentException.With.Message.Contains("clip 1 has 0 samples"));

    [Test]
    public void ExtractAll_Cancelled_Stops() =>
        Assert.That(() => new FeatureExtractor(Everything).ExtractAll([new float[1]], 1, new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    // What is allocated beyond the results belongs to the threads: it is the same for five times as many clips.
    [Test, NonParallelizable]
    public void ExtractAll_MoreClips_AllocatesNoMoreThanTheirResults()
    {
        FeatureExtractor extractor = new(Everything with { TopDb = 0, EstimateTuning = false });
        ReadOnlyMemory<float>[] few = [.. Enumerable.Range(0, 100).Select(i => (ReadOnlyMemory<float>)TestSignals.Noise(8000, i))];
        ReadOnlyMemory<float>[] many = [.. Enumerable.Repeat(few, 5).SelectMany(clips => clips)];
        Beyond(few);
        long growth = Enumerable.Range(0, 3).Min(_ => Beyond(many) - Beyond(few));
        Assert.That(growth / (many.Length - few.Length), Is.LessThan(512), "bytes a clip beyond the values");

        long Beyond(ReadOnlyMemory<float>[] clips)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            FeatureMatrix[] features = extractor.ExtractAll(clips, 2);
            return GC.GetTotalAllocatedBytes(precise: true) - before - features.Sum(each => each.Values.LongLength) * sizeof(float);
        }
    }

    [TestCaseSource(nameof(WrongSettings))]
    public void New_WrongSetting_NamesIt(FeatureSettings settings, string name) =>
        Assert.That(() => new FeatureExtractor(settings), Throws.ArgumentException.With.Message.StartsWith($"Features.{name} = "));

    private static IEnumerable<TestCaseData> HardSignals() =>
    [
        new TestCaseData(new float[8000]).SetArgDisplayNames("silence"),
        new TestCaseData(TestSignals.Constant(8000, 1)).SetArgDisplayNames("DC"),
        new TestCaseData(TestSignals.Sine(8000, 300, amplitude: 100).Select(x => Math.Clamp(x, -1, 1)).ToArray())
            .SetArgDisplayNames("clipping"),
        new TestCaseData(TestSignals.Constant(8000, float.Epsilon)).SetArgDisplayNames("subnormal"),
        new TestCaseData(TestSignals.Noise(8000).Select(x => x * 1e-20f).ToArray()).SetArgDisplayNames("near silence"),
        new TestCaseData(new float[] { 0.5f }).SetArgDisplayNames("one sample"),
        new TestCaseData(TestSignals.Noise(8000).Select(x => x * 32768).ToArray()).SetArgDisplayNames("16-bit scale"),
    ];

    private static IEnumerable<TestCaseData> WrongSettings() =>
    [
        new(new FeatureSettings { HopLength = 0 }, "HopLength"),
        new(new FeatureSettings { HopLength = int.MaxValue }, "HopLength"),
        new(new FeatureSettings { MelBands = int.MaxValue }, "MelBands"),
        new(new FeatureSettings { Chroma = int.MaxValue }, "Chroma"),
        new(new FeatureSettings { FftLength = 500 }, "FftLength"),
        new(new FeatureSettings { FrameLength = 513 }, "FftLength"),
        new(new FeatureSettings { ChromaFftLength = 0 }, "ChromaFftLength"),
        new(new FeatureSettings { Mfcc = 65 }, "Mfcc"),
        new(new FeatureSettings { Deltas = 3 }, "Deltas"),
        new(new FeatureSettings { MelBands = 0 }, "MelBands"),
        new(new FeatureSettings { MelLow = 8000 }, "MelLow"),
        new(new FeatureSettings { MelHigh = 8001 }, "MelHigh"),
        new(new FeatureSettings { TopDb = -1 }, "TopDb"),
        new(new FeatureSettings { TrimDb = double.NaN }, "TrimDb"),
    ];
}
