using System.Buffers;
using System.Diagnostics.Tracing;
using SpeechEmotion.Adaptation;
using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class BatchesTests
{
    private static readonly AugmentationSettings Plain = new();

    [Test]
    public void Enumerate_PreparedOnAnotherThread_EqualsASecondDraw()
    {
        Batches first = New(SmallRun.Settings), second = New(SmallRun.Settings);
        TrainingBatch[] ahead = [.. first.Enumerate(3)];
        int place = 0;
        foreach (TrainingBatch batch in second.Enumerate(3))
        {
            // In turn: each batch is disposed of before the next one is requested.
            Assert.That(Values(batch), Is.EqualTo(Values(ahead[place])), $"batch {place}");
            Assert.That(batch.Targets, Is.EqualTo(ahead[place].Targets));
            Assert.That(batch.Labels, Is.EqualTo(ahead[place].Labels));
            batch.Dispose();
            ahead[place++].Dispose();
        }
        Assert.That(place, Is.EqualTo(first.PerEpoch));
    }

    [TestCase(0)]
    [TestCase(3)]
    public void Enumerate_AnyNumberOfThreads_GivesTheSameBatches(int threads)
    {
        TrainingBatch[] one = [.. New(SmallRun.Settings).Enumerate(2)], other = [.. New(SmallRun.Settings, threads: threads).Enumerate(2)];
        Assert.That(other.Select(Values), Is.EqualTo(one.Select(Values)));
        foreach (TrainingBatch batch in one.Concat(other))
            batch.Dispose();
    }

    [Test]
    public void Enumerate_WithoutThreadsOfItsOwn_MakesNothingAhead()
    {
        Batches batches = New(SmallRun.Settings, threads: 0);
        using var pool = new FloatPool();
        using (IEnumerator<TrainingBatch> some = batches.Enumerate(1).GetEnumerator())
        {
            some.MoveNext();
            Assert.That(() => pool.Rented, Is.EqualTo(1).After(200, 10));
            some.Current.Dispose();
        }
        Assert.That(pool.Rented, Is.EqualTo(1));
    }

    [Test]
    public void Enumerate_AnotherEpoch_IsAnotherDraw()
    {
        Batches batches = New(SmallRun.Settings);
        using TrainingBatch one = batches.Enumerate(1).First(), two = batches.Enumerate(2).First();
        Assert.That(Values(two), Is.Not.EqualTo(Values(one)));
    }

    [Test]
    public void Enumerate_WithoutAugmentation_HoldsTheNormalisedClips()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Augmentation = Plain,
            Training = SmallRun.Settings.Training with { LabelSmoothing = 0.3 },
        };
        TrainingData data = SmallRun.Data(settings);
        FeatureMatrix[] normalised = [.. data.Training.Select(clip => data.Normaliser.Normalised(clip.Features))];
        List<int> seen = [];
        foreach (TrainingBatch batch in New(settings).Enumerate(1))
        {
            using (batch)
                for (int i = 0; i < batch.Labels.Length; i++)
                {
                    int clip = Array.FindIndex(normalised,
                        each => each.Frames == batch.Clips.Lengths[i] && each.Row(0).SequenceEqual(batch.Clips.Row(i, 0)[..each.Frames]));
                    Assert.That(data.Training[clip].Label, Is.EqualTo(batch.Labels[i]));
                    float[] target = [.. Enumerable.Range(0, 3).Select(emotion => emotion == batch.Labels[i] ? 0.8f : 0.1f)];
                    Assert.That(batch.Targets[(3 * i)..(3 * (i + 1))], Is.EqualTo(target).Within(1e-6));
                    seen.Add(clip);
                }
        }
        Assert.That(seen.Order(), Is.EqualTo(Enumerable.Range(0, data.Training.Count)), "each clip once an epoch");
    }

    [Test]
    public void Enumerate_WeightedClasses_HaveMeanOneOverTheUtterances()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Augmentation = Plain,
            Training = SmallRun.Settings.Training with { Balance = ClassBalance.Weighted },
        };
        // 30 of the first class, 10 of the second, 5 of the third.
        LabelledClip[] clips = [.. Enumerable.Range(0, 45).Select(i => SmallRun.Clip(i, 18) with { Label = i < 30 ? 0 : i < 40 ? 1 : 2 })];
        Dictionary<int, float> weights = [];
        List<float> all = [];
        foreach (TrainingBatch batch in New(settings, clips).Enumerate(1))
        {
            using (batch)
                for (int i = 0; i < batch.Labels.Length; i++)
                    all.Add(weights[batch.Labels[i]] = WeightOf(batch, i));
        }
        Assert.That(all.Average(), Is.EqualTo(1).Within(1e-5));
        Assert.That(weights[1] / weights[0], Is.EqualTo(3).Within(1e-5));
        Assert.That(weights[2] / weights[0], Is.EqualTo(6).Within(1e-5));
    }

    [Test]
    public void Enumerate_CorporaWithDifferentEmotions_HaveNoTargetAmongThoseTheyLack()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Augmentation = Plain,
            Training = SmallRun.Settings.Training with { LabelSmoothing = 0.1 },
        };
        LabelledClip[] clips =
        [
            .. Enumerable.Range(0, 20).Select(i => SmallRun.Clip(i, 18) with { Label = i % 2, Corpus = "a" }),
            .. Enumerable.Range(20, 20).Select(i => SmallRun.Clip(i, 18) with { Label = 1 + i % 2, Corpus = "b" }),
        ];
        foreach (TrainingBatch batch in New(settings, clips).Enumerate(1))
            using (batch)
                for (int i = 0; i < batch.Labels.Length; i++)
                {
                    float[] mask = batch.Classes[(3 * i)..(3 * (i + 1))], target = batch.Targets[(3 * i)..(3 * (i + 1))];
                    Assert.That(mask.Sum(), Is.EqualTo(2));
                    for (int emotion = 0; emotion < 3; emotion++)
                        Assert.That(target[emotion], Is.EqualTo(emotion == batch.Labels[i] ? 0.95f : 0.05f * mask[emotion]).Within(1e-6));
                }
    }

    [Test]
    public void Enumerate_Unweighted_CountsEveryClipAlike()
    {
        using TrainingBatch batch = New(SmallRun.Settings).Enumerate(1).First();
        Assert.That(batch.Labels.Select((_, i) => WeightOf(batch, i)), Is.All.EqualTo(1f).Within(1e-6));
    }

    [Test]
    public void Enumerate_WeightedWithMaxUtterancesPerSpeaker_CountsTheDrawnUtterances()
    {
        // Speaker x has 36 clips of class 0 and 4 of class 1, speaker y 4 and 4 of classes 1 and 2. Of each, 8 are drawn per epoch: of
        // class 0 an expected 8 · 36/40 = 7.2, of class 1 0.8 + 4, of class 2 4. All clips would be 36, 8 and 4.
        RunSettings settings = SmallRun.Settings with
        {
            Training = SmallRun.Settings.Training with { Balance = ClassBalance.Weighted, MaxUtterancesPerSpeaker = 8, BatchSize = 4 },
            Augmentation = Plain,
        };
        LabelledClip[] clips = [.. Enumerable.Range(0, 48).Select(i => SmallRun.Clip(i, 18) with
        {
            Label = i < 36 ? 0 : i < 44 ? 1 : 2,
            Speaker = i < 40 ? "x" : "y",
        })];
        Batches batches = New(settings, clips);
        double[] sums = new double[3];
        Dictionary<int, float> weights = [];
        const int Epochs = 300;
        for (int epoch = 1; epoch <= Epochs; epoch++)
            foreach (TrainingBatch batch in batches.Enumerate(epoch))
                using (batch)
                    for (int i = 0; i < batch.Labels.Length; i++)
                        sums[batch.Labels[i]] += weights[batch.Labels[i]] = WeightOf(batch, i);
        Assert.That(weights[0], Is.EqualTo(16 / (3 * 7.2)).Within(1e-5));
        Assert.That(weights[1], Is.EqualTo(16 / (3 * 4.8)).Within(1e-5));
        Assert.That(weights[2], Is.EqualTo(16 / (3 * 4.0)).Within(1e-5));
        // Every class has the same share of the loss over the epochs.
        Assert.That(sums.Select(sum => sum / Epochs), Is.All.EqualTo(16 / 3.0).Within(0.1));
    }

    [Test]
    public void Enumerate_WeightedWithMixup_WeighsEachPartByItsOwnClass()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Training = SmallRun.Settings.Training with { Balance = ClassBalance.Weighted, LabelSmoothing = 0 },
        };
        LabelledClip[] clips = [.. Enumerable.Range(0, 45).Select(i => SmallRun.Clip(i, 18) with { Label = i < 30 ? 0 : i < 40 ? 1 : 2 })];
        float[] weights = [45f / 90, 45f / 30, 45f / 15];
        int mixed = 0;
        foreach (TrainingBatch batch in New(settings, clips).Enumerate(1))
            using (batch)
                for (int i = 0; i < batch.Labels.Length; i++)
                {
                    float[] expected = new float[3];
                    int next = batch.Labels[(i + 1) % batch.Labels.Length];
                    expected[batch.Labels[i]] += batch.Lambda * weights[batch.Labels[i]];
                    expected[next] += (1 - batch.Lambda) * weights[next];
                    Assert.That(batch.Targets[(3 * i)..(3 * (i + 1))], Is.EqualTo(expected).Within(1e-5));
                    mixed += batch.Lambda < 1 && next != batch.Labels[i] ? 1 : 0;
                }
        Assert.That(mixed, Is.GreaterThan(5));
    }

    private static float WeightOf(TrainingBatch batch, int clip) => batch.Targets[(3 * clip)..(3 * (clip + 1))].Sum();

    [Test]
    public void Enumerate_LeftEarly_ReturnsTheMemoryOfThePreparedBatch()
    {
        Batches batches = New(SmallRun.Settings);
        using var pool = new FloatPool();
        using (IEnumerator<TrainingBatch> some = batches.Enumerate(1).GetEnumerator())
        {
            some.MoveNext();
            // The next batch is prepared meanwhile and must be returned too.
            Assert.That(() => pool.Rented, Is.EqualTo(2).After(5000, 10));
            some.Current.Dispose();
        }
        Assert.That(pool.Returned, Is.EqualTo(2));
    }

    [Test]
    public void Enumerate_LargerBatchThanTheCorpus_IsOneBatch()
    {
        Batches batches = New(SmallRun.Settings with { Training = SmallRun.Settings.Training with { BatchSize = 1000 } });
        using TrainingBatch only = batches.Enumerate(1).Single();
        Assert.That(only.Labels, Has.Length.EqualTo(45));
    }

    [TestCase(0.0)]
    [TestCase(0.2)]
    public void Enumerate_EnrolmentInNoise_HasTheNoiseOfTheClip(double speed)
    {
        // The clips have no energy above their tone: the enrolled mean of the high bands must be that of the added noise.
        Assert.That(HighBands(enrolled: 0), Is.GreaterThan(1.5));
        Assert.That(HighBands(enrolled: 1), Is.LessThan(0.5));

        double HighBands(double enrolled)
        {
            RunSettings settings = SmallRun.Settings with
            {
                Features = new FeatureSettings { MelBands = 16, Mfcc = 0, Chroma = 0, Normalisation = Normalisation.Speaker },
                Augmentation = new AugmentationSettings { Noise = 1, SnrLow = 15, SnrHigh = 15, Speed = speed },
                Training = SmallRun.Settings.Training with { EnrolmentProbability = enrolled },
            };
            var extractor = new FeatureExtractor(settings.Features);
            LabelledClip[] clips = [.. Enumerable.Range(0, 40).Select(i =>
            {
                float[] samples = ToneOfSpeaker(i % 8, i);
                return new LabelledClip(extractor.Extract(samples), i % 3, $"speaker {i % 8}") { Waveform = new Pcm16Samples(samples) };
            })];
            FeatureNormaliser normaliser = FeatureNormaliser.Fit(Normalisation.Speaker, clips.Select(clip => clip.Features)) with
            {
                SpeakerModel = SpeakerVarianceModel.Fit([.. clips.Select(clip => (clip.Statistics, clip.Speaker, 0.5))]),
            };
            double sum = 0;
            foreach (TrainingBatch batch in new Batches(clips, settings, normaliser, 3).Enumerate(1))
                using (batch)
                    for (int i = 0; i < batch.Clips.Count; i++)
                        sum += Math.Abs(batch.Clips.Row(i, 15)[..batch.Clips.Lengths[i]].ToArray().Average()) / clips.Length;
            return sum;
        }

        // A tone and noise whose level differs from speaker to speaker, far below the noise that is added.
        static float[] ToneOfSpeaker(int speaker, int clip)
        {
            SeededRandom random = Seeds.Random(clip, "voice");
            return [.. Enumerable.Range(0, 8000)
                .Select(i => (float)((0.3 * Math.Sin(i * (0.1 + (0.01 * speaker))))
                    + (0.002 * (1 + speaker) * (random.NextDouble() - 0.5))))];
        }
    }

    [Test]
    public void Enumerate_UtterancesPerSpeaker_ShareSpeakerAndAcousticConditions()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Augmentation = new AugmentationSettings
            {
                Vtlp = 0.2,
                GainDb = 6,
                EqualiserDb = 6,
                Noise = 0.5,
                Babble = 0.5,
                Reverberation = 0.5,
                Speed = 0.2,
            },
            Training = SmallRun.Settings.Training with { UtterancesPerSpeaker = 4, BatchSize = 8 },
        };
        // All clips have the same samples: every difference is due to augmentation.
        float[] samples = [.. Enumerable.Range(0, 8000).Select(i => (float)(0.3 * Math.Sin(i * 0.2) * Math.Sin(i * 0.001)))];
        FeatureMatrix features = new FeatureExtractor(settings.Features).Extract(samples);
        LabelledClip[] clips = [.. Enumerable.Range(0, 32)
            .Select(i => new LabelledClip(features, i % 3, $"speaker {i % 2}") { Waveform = new Pcm16Samples(samples) })];
        foreach (TrainingBatch batch in New(settings, clips).Enumerate(1))
            using (batch)
            {
                string[] sounds = [.. Enumerable.Range(0, 8).Select(i => string.Join(' ', batch.Clips.Row(i, 3).ToArray()))];
                Assert.That(sounds[..4].Distinct().Count(), Is.EqualTo(1), "a group has the same perturbation");
                Assert.That(sounds[4..].Distinct().Count(), Is.EqualTo(1));
                Assert.That(sounds[0], Is.Not.EqualTo(sounds[4]), "another group has another one");
                Assert.That(batch.Speakers[..4].Distinct().Count(), Is.EqualTo(1));
            }
    }

    [Test]
    public void Enumerate_StatisticsPerturbation_ShiftsNormalisedFeaturesAndKeepsMasksAtZero()
    {
        RunSettings settings = SmallRun.Settings with
        {
            Features = new FeatureSettings { MelBands = 16, Mfcc = 4, Chroma = 0, Normalisation = Normalisation.Utterance },
            Augmentation = new AugmentationSettings { StatisticsPerturbation = 0.2, FeatureGroupDropout = 1 },
        };
        List<float> means = [];
        foreach (TrainingBatch batch in New(settings).Enumerate(1))
            using (batch)
                for (int i = 0; i < batch.Clips.Count; i++)
                {
                    int length = batch.Clips.Lengths[i];
                    means.Add(batch.Clips.Row(i, 3)[..length].ToArray().Average());
                    Assert.That(batch.Clips.Row(i, 3)[length..].ToArray(), Is.All.Zero, "padding");
                    Assert.That(batch.Clips.Row(i, 16).ToArray(), Is.All.Zero, "MFCC that are dropped");
                }
        Assert.That(means.Select(Math.Abs), Has.Some.GreaterThan(0.05), "normalised features have mean 0 before the perturbation");
    }

    [TestCase(1.0)]
    [TestCase(0.5)]
    [TestCase(0.0)]
    public void Enumerate_LogitCentring_WeighsTheLogitsOfOthersOfTheGroup(double enrolled)
    {
        HashSet<int> taking = [];
        int groups = 0, without = 0;
        foreach (TrainingBatch batch in Centred(enrolled, mixup: 0, speakers: 3).Enumerate(1))
            using (batch)
            {
                int count = batch.Clips.Count;
                Assert.That(batch.LogitOffsetWeights, Has.Length.EqualTo(count * count));
                for (int i = 0; i < count; i++)
                {
                    float[] row = batch.LogitOffsetWeights[(i * count)..((i + 1) * count)];
                    int[] taken = [.. Enumerable.Range(0, count).Where(j => row[j] > 0)];
                    Assert.That(taken, Does.Not.Contain(i));
                    Assert.That(taken.Select(j => batch.Speakers[j]), Is.All.EqualTo(batch.Speakers[i]));
                    // The adaptation weight k / (k + 4) of k observed utterances, in equal parts: all of a speaker are of one class.
                    Assert.That(taken.Select(j => row[j]), Is.All.EqualTo(1 / (taken.Length + 4f)).Within(1e-6));
                    Assert.That(taken, Has.Length.LessThanOrEqualTo(4));
                    taking.Add(taken.Length);
                    groups++;
                    without += taken.Length == 0 ? 1 : 0;
                }
            }
        Assert.That((double)without / groups, enrolled is 0 or 1 ? Is.EqualTo(1 - enrolled) : Is.InRange(0.2, 0.8));
        if (enrolled == 1)
            Assert.That(taking, Is.EquivalentTo(new[] { 1, 2, 3, 4 }), "one to four others");
    }

    [Test]
    public void Enumerate_LogitCentringWithMixupOrUnnamedSpeakers_HasNoWeights()
    {
        TrainingBatch[] mixed = [.. Centred(enrolled: 1, mixup: 0.4, speakers: 3).Enumerate(1)],
            unnamed = [.. Centred(enrolled: 1, mixup: 0, speakers: 0).Enumerate(1)];
        Assert.That(mixed.Select(batch => batch.LogitOffsetWeights.Length > 0).Distinct().Count(), Is.EqualTo(2),
            "every other batch is mixed");
        Assert.That(unnamed.SelectMany(batch => batch.LogitOffsetWeights), Is.All.Zero);
        foreach (TrainingBatch batch in mixed.Concat(unnamed))
            batch.Dispose();
    }

    /// <summary>45 clips of a number of speakers (0: unnamed), in groups of five.</summary>
    private static Batches Centred(double enrolled, double mixup, int speakers)
    {
        RunSettings settings = SmallRun.Settings with
        {
            Augmentation = new AugmentationSettings { Mixup = mixup },
            Model = SmallRun.Settings.Model with { LogitCentring = 4 },
            Training = SmallRun.Settings.Training with { UtterancesPerSpeaker = 5, BatchSize = 10, EnrolmentProbability = enrolled },
        };
        return New(settings,
            [.. SmallRun.Data(settings).Training.Select((clip, i) =>
                clip with { Speaker = speakers == 0 ? "" : $"speaker {i % speakers}" })]);
    }

    private static Batches New(RunSettings settings, IReadOnlyList<LabelledClip>? clips = null, int threads = 1)
    {
        TrainingData data = SmallRun.Data(settings);
        return new Batches(clips ?? data.Training, settings, data.Normaliser, 3, threads);
    }

    private static float[] Values(TrainingBatch batch) =>
        [.. Enumerable.Range(0, batch.Clips.Count * batch.Clips.Features)
            .SelectMany(i => batch.Clips.Row(i / batch.Clips.Features, i % batch.Clips.Features).ToArray())];

    /// <summary>Counts the arrays that are rented from the shared pool of floats and returned to it.</summary>
    private sealed class FloatPool : EventListener
    {
        private static readonly int Pool = ArrayPool<float>.Shared.GetHashCode();
        private int rented, returned;

        public int Rented => Volatile.Read(ref rented);

        public int Returned => Volatile.Read(ref returned);

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.Payload is not { Count: > 2 } payload || payload[2] is not int pool || pool != Pool)
                return;
            if (eventData.EventName == "BufferRented")
                Interlocked.Increment(ref rented);
            else if (eventData.EventName == "BufferReturned")
                Interlocked.Increment(ref returned);
        }
    }
}
