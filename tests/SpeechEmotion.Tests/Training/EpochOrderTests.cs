using SpeechEmotion.Features;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class EpochOrderTests
{
    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(33, 32)]
    [TestCase(100, 8)]
    [TestCase(5, 32)]
    public void CreateBatches_AnyEpoch_HoldsEveryClipOnceInBatchesOfTwoOrMore(int clips, int batchSize)
    {
        var order = new EpochOrder(Clips(clips), new TrainingSettings { BatchSize = batchSize }, 1);
        int[][] batches = Batches(order.CreateBatches(3));
        Assert.That(batches.SelectMany(batch => batch), Is.EquivalentTo(Enumerable.Range(0, clips)));
        Assert.That(batches, Has.Length.EqualTo(order.Batches));
        Assert.That(batches.Min(batch => batch.Length), Is.GreaterThanOrEqualTo(Math.Min(clips, batchSize)));
    }

    [Test]
    public void CreateBatches_SameSeedAndEpoch_IsTheSame_OtherwiseNot()
    {
        LabelledClip[] clips = Clips(60);
        var settings = new TrainingSettings { BatchSize = 8 };
        int[][][] order = new EpochOrder(clips, settings, 1).CreateBatches(2);
        Assert.That(new EpochOrder(clips, settings, 1).CreateBatches(2), Is.EqualTo(order));
        Assert.That(new EpochOrder(clips, settings, 1).CreateBatches(3), Is.Not.EqualTo(order));
        Assert.That(new EpochOrder(clips, settings, 2).CreateBatches(2), Is.Not.EqualTo(order));
    }

    [Test]
    public void CreateBatches_DifferentLengths_BatchesSimilarLengths()
    {
        LabelledClip[] clips = Clips(160);
        int[][] batches = Batches(new EpochOrder(clips, new TrainingSettings { BatchSize = 16 }, 1).CreateBatches(1));
        double padded = batches.Sum(batch => batch.Length * batch.Max(i => clips[i].Features.Frames)),
            frames = clips.Sum(clip => clip.Features.Frames);
        Assert.That(padded / frames, Is.LessThan(1.1));
    }

    [Test]
    public void CreateBatches_Balanced_DrawsEveryClassAsOften()
    {
        LabelledClip[] clips = [.. Clips(50).Select((clip, i) => clip with { Label = i < 40 ? 0 : i < 47 ? 1 : 2 })];
        int[] drawn = [.. new EpochOrder(clips, new TrainingSettings { BatchSize = 10, Balance = ClassBalance.Balanced }, 1)
            .CreateBatches(1).SelectMany(Clips)];
        Assert.That(drawn.CountBy(i => clips[i].Label).Select(pair => pair.Value), Is.All.EqualTo(40));
        Assert.That(drawn.CountBy(i => i).Where(pair => clips[pair.Key].Label == 1).Select(pair => pair.Value), Is.All.InRange(5, 6));
        Assert.That(drawn.Distinct().Count(), Is.EqualTo(50));
    }

    [Test]
    public void CreateBatches_MaxUtterancesPerSpeaker_LimitsAndRedrawsThem()
    {
        LabelledClip[] clips = [.. Clips(60).Select((clip, i) => clip with { Speaker = i < 50 ? "talker" : i < 55 ? "a" : "b" })];
        var order = new EpochOrder(clips, new TrainingSettings { BatchSize = 5, MaxUtterancesPerSpeaker = 10 }, 1);
        int[] first = [.. order.CreateBatches(1).SelectMany(Clips)], second = [.. order.CreateBatches(2).SelectMany(Clips)];
        Assert.That(first, Is.Unique);
        Assert.That(first.CountBy(i => clips[i].Speaker).ToDictionary(),
            Is.EqualTo(new Dictionary<string, int> { ["talker"] = 10, ["a"] = 5, ["b"] = 5 }));
        Assert.That(order.Batches, Is.EqualTo(4));
        Assert.That(second, Is.Not.EquivalentTo(first));
    }

    [TestCase(480, 32, 8, 8)]
    [TestCase(483, 32, 8, 8)]
    [TestCase(40, 32, 8, 3)]
    [TestCase(40, 8, 4, 40)]
    [TestCase(7, 32, 16, 1)]
    [TestCase(101, 8, 4, 2)]
    public void CreateBatches_UtterancesPerSpeaker_HoldsEveryClipOnceInAGroupOfItsSpeaker(int count, int batchSize, int group, int speakers)
    {
        LabelledClip[] clips = [.. Clips(count).Select((clip, i) => clip with { Speaker = $"s{i % speakers}" })];
        var order = new EpochOrder(clips, new TrainingSettings { BatchSize = batchSize, UtterancesPerSpeaker = group }, 1);
        for (int epoch = 1; epoch <= 20; epoch++)
        {
            int[][][] batches = order.CreateBatches(epoch);
            Assert.That(batches.SelectMany(Clips), Is.EquivalentTo(Enumerable.Range(0, count)));
            Assert.That(batches, Has.Length.EqualTo(order.Batches));
            Assert.That(Batches(batches).Min(batch => batch.Length), Is.GreaterThanOrEqualTo(2),
                "a batch of one has no standard deviation");
            foreach (int[] together in batches.SelectMany(batch => batch))
            {
                Assert.That(together.Select(i => clips[i].Speaker).Distinct().Count(), Is.EqualTo(1));
                Assert.That(together, Has.Length.InRange(1, group));
            }
        }
    }

    [Test]
    public void CreateBatches_UtterancesPerSpeaker_MakesFewGroupsOfSimilarSize()
    {
        LabelledClip[] clips = [.. Clips(60).Select(clip => clip with { Speaker = "one" })];
        int[][][] batches = new EpochOrder(clips, new TrainingSettings { BatchSize = 32, UtterancesPerSpeaker = 8 }, 1).CreateBatches(1);
        Assert.That(batches.SelectMany(batch => batch).Select(group => group.Length), Is.EquivalentTo(new[] { 7, 7, 7, 7, 8, 8, 8, 8 }));
    }

    private static IEnumerable<int> Clips(int[][] batch) => batch.SelectMany(group => group);

    private static int[][] Batches(int[][][] batches) => [.. batches.Select(batch => Clips(batch).ToArray())];

    private static LabelledClip[] Clips(int count) =>
        [.. Enumerable.Range(0, count).Select(i => 20 + ((i * 37) % 101))
            .Select((frames, i) => new LabelledClip(new FeatureMatrix(new float[frames], 1, frames), i % 3))];
}
