using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Streaming;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Streaming;

/// <summary>A stream that is cut, stored and restored anywhere gives the events of the undisturbed one, to the bit.</summary>
[OneTorchThread]
public class StreamSnapshotTests
{
    private static readonly int[] Rates = [16000, 8000, 22050, 48000];

    // Short windows and utterances, so that a few seconds hold every kind of both.
    private static readonly LiveSettings Short =
        new() { UtteranceSeconds = 2, MaxUtteranceSeconds = 5, WindowSeconds = 1, HopSeconds = 0.25, AdaptationSeconds = 4 };

    [Test]
    public void Restore_AnyPlace_GivesTheEventsOfTheUndisturbedStream([Values] bool adapts, [Values] bool batched)
    {
        using EmotionClassifier model = adapts ? TinyModel.Adapting(Short, logitCentring: 4) : TinyModel.Classifier(Short);
        SpeakerProfile enrolled = model.Enrol([new Waveform(TestSignals.Speech(9), 16000)]);
        int cut = 0, within = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), Prop.ForAll<int>(seed =>
        {
            SeededRandom random = Seeds.Random(seed, "snapshots");
            int rate = Rates[random.Next(Rates.Length)];
            float[] sound = Resampler.Resample(new Waveform(Sound(random), 16000), rate).Samples;
            List<(long Start, long Length)> losses = Losses(random, rate, sound.Length);
            SpeakerProfile? speaker = random.Next(2) == 0 ? enrolled : null;
            bool measures = random.Next(3) > 0;

            ClassifierBatch? batch = batched ? new ClassifierBatch(model) : null;
            var whole = new EmotionStream(model, rate, speaker, measures);
            List<StreamEvent> expected = [.. Push(whole, null, sound, losses, sound.Length, () => rate), .. whole.Finish()];

            EmotionStream stream = batch is null ? new(model, rate, speaker, measures) : new(batch, rate, speaker, measures);
            var found = new List<StreamEvent>();
            long[] places = [.. Enumerable.Range(0, 4).Select(_ => (long)random.Next(sound.Length)).Order(), sound.Length];
            foreach (long place in places)
            {
                found.AddRange(Push(stream, batch, sound, losses, place, () => 1 + random.Next(1 << random.Next(15))));
                if (place == sound.Length)
                    break;
                byte[] snapshot = stream.Snapshot();
                long durable = stream.Durable;
                cut++;
                within += stream.InUtterance ? 1 : 0;
                batch = batched ? new ClassifierBatch(model) : null; // what waits in the old batch is lost with the machine
                stream = batch is null ? EmotionStream.Restore(model, snapshot) : EmotionStream.Restore(batch, snapshot);
                Assert.That((stream.Position, stream.Durable), Is.EqualTo((durable, durable)));
            }
            found.AddRange(stream.Finish());
            batch?.Run();
            found.AddRange(stream.Take());

            Assert.That(found.Select(each => each.Sequence), Is.EqualTo(Enumerable.Range(0, expected.Count).Select(i => (long?)i)));
            if (batch is null)
                Assert.That(found.Select(Text), Is.EqualTo(expected.Select(Text)));
            else
                AssertEqual(found, expected);
        }));
        Assert.That(within, Is.InRange(cut / 4, cut - 1), "cuts within utterances and between them");
    }

    [Test]
    public void Run_StreamsOfOneBatch_GiveTheEventsOfEachAlone([Values] bool adapts)
    {
        using EmotionClassifier model = adapts ? TinyModel.Adapting(Short, logitCentring: 4) : TinyModel.Classifier(Short);
        SeededRandom random = Seeds.Random(3, "batch");
        float[][] sounds = [.. Enumerable.Range(0, 8).Select(_ => Sound(random))];
        List<StreamEvent>[] expected =
        [
            .. sounds.Select(sound =>
            {
                var alone = new EmotionStream(model, 16000);
                return (List<StreamEvent>)[.. alone.Push(sound), .. alone.Finish()];
            }),
        ];
        var batch = new ClassifierBatch(model);
        EmotionStream[] streams = [.. sounds.Select(_ => new EmotionStream(batch, 16000))];
        List<StreamEvent>[] found = [.. sounds.Select(_ => new List<StreamEvent>())];
        int most = 0;
        for (int at = 0; at < sounds.Max(sound => sound.Length); at += 8000)
        {
            for (int i = 0; i < streams.Length; i++)
                if (at < sounds[i].Length)
                    found[i].AddRange(streams[i].Push(sounds[i].AsSpan(at, Math.Min(8000, sounds[i].Length - at))));
            most = Math.Max(most, batch.Count);
            batch.Run();
        }
        for (int i = 0; i < streams.Length; i++)
            found[i].AddRange(streams[i].Finish());
        batch.Run();
        for (int i = 0; i < streams.Length; i++)
            AssertEqual([.. found[i], .. streams[i].Take()], expected[i]);
        Assert.That(most, Is.GreaterThan(streams.Length / 2), "windows of several streams waited together");
    }

    [Test]
    public void Snapshot_BetweenUtterances_IsSmall()
    {
        using EmotionClassifier model = EmotionClassifier.Load(Path.Combine(SharedData.ProjectRoot()!, "checkpoints", "voices"));
        var stream = new EmotionStream(model, 48000);
        stream.Push(Resampler.Resample(
            new Waveform(TestSignals.Join(TestSignals.Speech(4), TestSignals.Silence(1.2)), 16000), 48000).Samples);
        Assert.That(stream.InUtterance, Is.False);
        int bytes = stream.Snapshot().Length;
        TestContext.Out.WriteLine($"{bytes} bytes, {stream.Position - stream.Durable} samples of 48 kHz behind");
        Assert.That(bytes, Is.InRange(1000, 20 << 10));
        Assert.That(stream.Position - stream.Durable, Is.LessThan(48000));
    }

    [Test]
    public void Restore_WhatIsNoSnapshotOfTheModel_IsRefused()
    {
        using EmotionClassifier model = TinyModel.Classifier(), other = TinyModel.Classifier(Short);
        var stream = new EmotionStream(model, 16000);
        stream.Push(TestSignals.Speech(1));
        byte[] snapshot = stream.Snapshot();
        Assert.That(() => EmotionStream.Restore(model, snapshot), Throws.Nothing);

        Refused(model, [], "no snapshot");
        Refused(model, snapshot[4..], "no snapshot");
        Refused(model, snapshot[..^1], "damaged");
        Refused(other, snapshot, "another model");
        for (int at = 8; at < snapshot.Length; at += 97)
            Refused(model, [.. snapshot[..at], (byte)(snapshot[at] ^ 1), .. snapshot[(at + 1)..]], "damaged");
        Refused(model, [.. snapshot[..4], 99, .. snapshot[5..]], "version 99");

        static void Refused(EmotionClassifier model, byte[] snapshot, string because) =>
            Assert.That(() => EmotionStream.Restore(model, snapshot), Throws.TypeOf<InvalidDataException>().With.Message.Contains(because));
    }

    [Test]
    public void InferenceHash_Model_IsOfWhatDecidesAboutResults()
    {
        using var folder = new TemporaryFolder();
        Checkpoint checkpoint = TinyModel.AdaptingCheckpoint();
        string hash = checkpoint.InferenceHash();
        checkpoint.Save(folder["model.safetensors"]);
        Assert.That(Checkpoint.Load(folder["model.safetensors"]).InferenceHash(), Is.EqualTo(hash));
        RunSettings settings = checkpoint.Settings;
        Assert.That((checkpoint with { Settings = settings with { Name = "other" } }).InferenceHash(), Is.EqualTo(hash));
        Assert.That((checkpoint with { Temperature = 1.5 }).InferenceHash(), Is.Not.EqualTo(hash));
        Assert.That((checkpoint with { Settings = settings with { Live = Short } }).InferenceHash(), Is.Not.EqualTo(hash));
        Assert.That((checkpoint with { Labels = [.. checkpoint.Labels.Reverse()] }).InferenceHash(), Is.Not.EqualTo(hash));
    }

    [Test]
    public void Snapshot_EventsNobodyTookOrEnd_IsRefused()
    {
        using EmotionClassifier model = TinyModel.Classifier(Short);
        var batch = new ClassifierBatch(model);
        var stream = new EmotionStream(batch, 16000);
        stream.Push(TestSignals.Join(TestSignals.Speech(1), TestSignals.Silence(1)));
        batch.Run();
        Assert.That(() => stream.Snapshot(), Throws.InvalidOperationException.With.Message.Contains("take them"));
        Assert.That(stream.Take(), Is.Not.Empty);
        Assert.That(() => stream.Snapshot(), Throws.Nothing);
        stream.Finish();
        Assert.That(() => stream.Snapshot(), Throws.InvalidOperationException.With.Message.Contains("ended"));
        Assert.That(() => stream.Push([0]), Throws.InvalidOperationException.With.Message.Contains("ended"));
    }

    /// <summary>Pushes a recording from where the stream is up to a place, with its losses.</summary>
    private static List<StreamEvent> Push(
        EmotionStream stream, ClassifierBatch? batch, float[] sound, List<(long Start, long Length)> losses, long to, Func<int> chunk)
    {
        var found = new List<StreamEvent>();
        while (stream.Position < to)
        {
            long at = stream.Position;
            (long Start, long Length) loss = losses.FirstOrDefault(each => each.Start + each.Length > at, (long.MaxValue, 0));
            long end = Math.Min(Math.Min(to, loss.Start), at + chunk());
            found.AddRange(at >= loss.Start
                ? stream.PushLost(loss.Start + loss.Length - at)
                : stream.Push(sound.AsSpan((int)at, (int)(end - at))));
            if (batch?.Count > 3)
                batch.Run();
        }
        found.AddRange(stream.Take());
        return found;
    }

    private static List<(long Start, long Length)> Losses(SeededRandom random, int rate, int samples)
    {
        List<(long, long)> losses = [];
        for (long at = random.Next(4 * rate); at + rate < samples && losses.Count < 2; at += (2 * rate) + random.Next(4 * rate))
            losses.Add((at, 1 + random.Next(rate)));
        return losses;
    }

    private static float[] Sound(SeededRandom random)
    {
        float[][] pieces =
        [
            .. Enumerable.Range(0, 8).Select(_ => random.Next(4) == 0
                ? TestSignals.Silence(0.2 + (1.3 * random.NextDouble()))
                : TestSignals.Speech(random.Next(28))),
        ];
        return TestSignals.Mix(TestSignals.Join(pieces), TestSignals.WhiteNoise(1, 0.0005));
    }

    private static string Text(StreamEvent found)
    {
        object?[] parts =
        [
            found.Sequence, found.Type, found.Time, found.Start, found.End, found.Emotion, found.SpeakerSeconds, found.LostSeconds,
            .. Values(found).Cast<object>(), .. (found.Embedding ?? []).Cast<object>(),
            found.Summary?.Utterances, found.Summary?.SpeechSeconds, found.Summary?.MeanConfidence, found.Summary?.LostSeconds,
            found.Summary?.Uncertain,
        ];
        return string.Join(' ', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)));
    }

    private static float[] Values(StreamEvent found) => [.. found.Probabilities?.Values.AsEnumerable() ?? []];

    private static void AssertEqual(List<StreamEvent> found, List<StreamEvent> expected)
    {
        Assert.That(found.Select(Place), Is.EqualTo(expected.Select(Place)));
        for (int i = 0; i < found.Count; i++)
            Assert.That(Values(found[i]), Is.EqualTo(Values(expected[i])).Within(1e-5));

        static (long?, StreamEventType, double, double?, double?, double?) Place(StreamEvent each) =>
            (each.Sequence, each.Type, each.Time, each.Start, each.End, each.LostSeconds);
    }
}
