using SpeechEmotion.Features;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Training batches: order, augmentation, normalisation, targets. Each batch is a pure function of seed, epoch and place, so
/// that it may be made ahead on another thread while the network trains on the one before.
/// </summary>
internal sealed class Batches
{
    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly RunSettings settings;
    private readonly FeatureNormaliser normaliser;
    private readonly Augmentation augmentation;
    private readonly EpochOrder order;
    private readonly int emotions;
    private readonly float[] classWeights;

    public Batches(IReadOnlyList<LabelledClip> clips, RunSettings settings, FeatureExtractor extractor, FeatureNormaliser normaliser, int emotions)
    {
        (this.clips, this.settings, this.normaliser, this.emotions) = (clips, settings, normaliser, emotions);
        augmentation = new Augmentation(settings.Augmentation, extractor);
        order = new EpochOrder(clips, settings.Training, settings.Seed);
        classWeights = ClassWeights();
    }

    /// <summary>Steps of every epoch.</summary>
    public int PerEpoch => order.Batches;

    /// <summary>The batches of an epoch, each made while the one before is in use. The receiver disposes them.</summary>
    public IEnumerable<TrainingBatch> Of(int epoch)
    {
        int[][] batches = order.Of(epoch);
        Task<TrainingBatch>? next = Task.Run(() => Make(epoch, 0, batches[0]));
        try
        {
            for (int i = 0; i < batches.Length; i++)
            {
                TrainingBatch batch = next!.GetAwaiter().GetResult();
                int following = i + 1;
                next = following < batches.Length ? Task.Run(() => Make(epoch, following, batches[following])) : null;
                yield return batch;
            }
        }
        finally
        {
            // Left early: what was made ahead still owns memory.
            if (next is not null && Task.WhenAny(next).GetAwaiter().GetResult().IsCompletedSuccessfully)
                next.Result.Dispose();
        }
    }

    private TrainingBatch Make(int epoch, int place, int[] members)
    {
        SeededRandom random = Seeds.Random(settings.Seed, $"batch {epoch} {place}");
        FeatureMatrix[] made = new FeatureMatrix[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            made[i] = augmentation.Apply(clips[members[i]].Features, random);
            normaliser.Apply(made[i]);
            augmentation.Mask(made[i], random);
        }
        int[] labels = [.. members.Select(i => clips[i].Label)];
        var batch = new TrainingBatch(PaddedBatch.Of(made), labels, Targets(labels), [.. labels.Select(label => classWeights[label])]);
        if (settings.Augmentation.Mixup > 0 && place % 2 == 1)
            Mixup.Apply(batch, settings.Augmentation.Mixup, random);
        return batch;
    }

    private float[] Targets(int[] labels)
    {
        float rest = (float)settings.Training.LabelSmoothing / emotions;
        float[] targets = new float[labels.Length * emotions];
        Array.Fill(targets, rest);
        for (int i = 0; i < labels.Length; i++)
            targets[(i * emotions) + labels[i]] += 1 - (float)settings.Training.LabelSmoothing;
        return targets;
    }

    /// <summary>Inverse class sizes with mean 1 over the utterances, or all 1.</summary>
    private float[] ClassWeights()
    {
        float[] weights = new float[emotions];
        Array.Fill(weights, 1);
        if (settings.Training.Balance != ClassBalance.Weighted)
            return weights;
        KeyValuePair<int, int>[] sizes = [.. clips.CountBy(clip => clip.Label)];
        foreach ((int label, int size) in sizes)
            weights[label] = (float)clips.Count / (sizes.Length * size);
        return weights;
    }
}
