using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Features;

public class StreamExtractorTests
{
    private static readonly FeatureSettings Everything =
        new FeatureSettings { Deltas = 2, Rms = true, Zcr = true, Centroid = true }.ForStream();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(160)]
    [TestCase(4096)]
    [TestCase(1_000_000)]
    public void Push_Chunks_GiveTheFramesOfTheWhole(int chunk) => Compare(Everything, 9_999, [chunk]);

    [Test]
    public void Push_MixedChunks_GiveTheFramesOfTheWhole() => Compare(Everything, 40_000, [1, 7, 160, 4096, 0, 3, 2000]);

    [Test]
    public void Push_AnyLengthAndChunks_GiveTheFramesOfTheWhole()
    {
        Gen<(int Samples, int[] Chunks, int Settings)> cases =
            from samples in Gen.Frequency((1, Gen.Choose(1, 400)), (3, Gen.Choose(400, 30_000)))
            from chunks in Gen.NonEmptyListOf(Gen.Frequency((2, Gen.Choose(0, 20)), (3, Gen.Choose(20, 500)), (1, Gen.Choose(500, 20_000))))
            from settings in Gen.Choose(0, Streamable.Length - 1)
            select (samples, chunks.Append(1).ToArray(), settings);
        Prop.ForAll(cases.ToArbitrary(), each => Compare(Streamable[each.Settings], each.Samples, each.Chunks))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Test]
    public void Push_Frame_ComesWithTheLastSampleItLooksAt()
    {
        FeatureSettings settings = Everything with { Deltas = 0 };
        int half = settings.ChromaFftLength / 2;
        StreamExtractor stream = new FeatureExtractor(settings).NewStream();
        Assert.That(stream.Push(TestSignals.Noise(half - 1)).Frames, Is.Zero);
        Assert.That(stream.Push([0.1f]).Frames, Is.EqualTo(1));
        Assert.That(stream.Push(new float[159]).Frames, Is.Zero);
        Assert.That(stream.Push([0.1f]).Frames, Is.EqualTo(1));
        Assert.That(stream.Frames, Is.EqualTo(2));
    }

    [Test]
    public void Finish_NoSamples_GivesNoFrame() => Assert.That(new FeatureExtractor(Everything).NewStream().Finish().Frames, Is.Zero);

    [Test]
    public void Push_AfterTheEnd_Throws()
    {
        StreamExtractor stream = new FeatureExtractor(Everything).NewStream();
        stream.Finish();
        Assert.That(() => stream.Push([0f]), Throws.InvalidOperationException);
        Assert.That(stream.Finish, Throws.InvalidOperationException);
    }

    [Test]
    public void New_SettingsOfTheWholeClip_AreAllNamed()
    {
        FeatureSettings settings = Everything with { TopDb = 80, EstimateTuning = true, Pitch = true, TrimDb = 35.5 };
        Assert.That(() => new FeatureExtractor(settings).NewStream(), Throws.ArgumentException.With.Message.StartsWith(
            "Features.TopDb = 80, Features.EstimateTuning = true, Features.Pitch = true, Features.TrimDb = 35.5: needs the whole clip"));
        Assert.That(() => new FeatureExtractor(settings.ForStream()).NewStream(), Throws.Nothing);
    }

    [Test]
    public void Push_Hours_AllocatesTheFramesOnlyAndKeepsNothing()
    {
        StreamExtractor stream = new FeatureExtractor(Everything with { Chroma = 0, HopLength = 4000 }).NewStream();
        float[] second = TestSignals.Noise(16_000);
        for (int i = 0; i < 60; i++)
            stream.Push(second);
        long kept = GC.GetTotalMemory(forceFullCollection: true), before = GC.GetAllocatedBytesForCurrentThread();
        const int seconds = 3 * 3600;
        long values = 0;
        for (int i = 0; i < seconds; i++)
            values += stream.Push(second).Values.Length;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((allocated - values * sizeof(float)) / seconds, Is.LessThan(512), "bytes a second beyond the values");
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - kept, Is.LessThan(1 << 20), "bytes kept after three hours");
        GC.KeepAlive(stream);
    }

    private static readonly FeatureSettings[] Streamable =
    [
        Everything,
        Everything with { Deltas = 0 },
        Everything with { Deltas = 1, HopLength = 777 },
        Everything with { Chroma = 0, HopLength = 1000, FrameLength = 200, FftLength = 256 }, // hop beyond the frame
        Everything with { Deltas = 0, SampleRate = 44100, FrameLength = 1000, FftLength = 1024, ChromaFftLength = 4096, HopLength = 441,
            MelBands = 20, Mfcc = 5, Chroma = 7 },
        new FeatureSettings { Mel = false, Mfcc = 0, Chroma = 0, Zcr = true, FrameLength = 64, FftLength = 64, HopLength = 3 }.ForStream(),
    ];

    private static void Compare(FeatureSettings settings, int length, int[] chunks)
    {
        FeatureExtractor extractor = new(settings);
        float[] samples = TestSignals.Noise(length);
        FeatureMatrix whole = extractor.Extract(samples);
        StreamExtractor stream = extractor.NewStream();
        List<FeatureMatrix> parts = [];
        for (int at = 0, turn = 0; at < length; turn++)
        {
            int chunk = Math.Min(chunks[turn % chunks.Length], length - at);
            parts.Add(stream.Push(samples.AsSpan(at, chunk)));
            at += chunk;
        }
        parts.Add(stream.Finish());

        Assert.That(stream.Frames, Is.EqualTo(whole.Frames));
        Assert.That(parts.Sum(part => part.Frames), Is.EqualTo(whole.Frames));
        for (int row = 0; row < whole.Features; row++)
        {
            int at = 0;
            foreach (FeatureMatrix part in parts)
            {
                Assert.That(part.Row(row).SequenceEqual(whole.Row(row).Slice(at, part.Frames)), $"{extractor.Names[row]} from frame {at}");
                at += part.Frames;
            }
        }
    }
}
