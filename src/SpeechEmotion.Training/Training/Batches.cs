using SpeechEmotion.Adaptation;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The training batches of an epoch. Each batch is a pure function of seed, epoch and index, so that it can be made on other threads
/// while the network trains on the previous one.
/// </summary>
internal sealed class Batches
{
    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly RunSettings settings;
    private readonly ClipPreparation preparation;
    private readonly EnrolmentDraw enrolment;
    private readonly EpochOrder order;
    private readonly int emotions;
    private readonly float[] classWeights;
    private readonly CorpusClasses classes;
    private readonly int threads;
    private readonly ParallelOptions parallel;

    /// <param name="clips">The training part.</param>
    /// <param name="settings">The run.</param>
    /// <param name="normaliser">Fitted on the training part.</param>
    /// <param name="emotions">Number of labels.</param>
    /// <param name="threads">
    /// Number of threads that make the next batch; 0: the receiver's own makes each batch when it asks for it. The batches do not depend
    /// on it.
    /// </param>
    public Batches(IReadOnlyList<LabelledClip> clips, RunSettings settings, FeatureNormaliser normaliser, int emotions, int threads = 1)
    {
        (this.clips, this.settings, this.emotions, this.threads) = (clips, settings, emotions, threads);
        parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        order = new EpochOrder(clips, settings.Training, settings.Seed);
        enrolment = new EnrolmentDraw(clips, settings, order.ExpectedDraws());
        preparation = new ClipPreparation(clips, settings, normaliser, enrolment);
        classWeights = ClassWeights();
        classes = new CorpusClasses(clips, emotions);
    }

    /// <summary>Number of batches, and so of steps, of every epoch.</summary>
    public int PerEpoch => order.Batches;

    /// <summary>The batches of an epoch; while one is in use, the next is made. The receiver disposes them.</summary>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    public IEnumerable<TrainingBatch> Enumerate(int epoch)
    {
        int[][][] batches = order.CreateBatches(epoch);
        return threads == 0 ? batches.Select((batch, i) => Create(epoch, i, batch)) : EnumerateAhead(epoch, batches);
    }

    private IEnumerable<TrainingBatch> EnumerateAhead(int epoch, int[][][] batches)
    {
        Task<TrainingBatch>? next = Task.Run(() => Create(epoch, 0, batches[0]));
        try
        {
            for (int i = 0; i < batches.Length; i++)
            {
                TrainingBatch batch = next!.GetAwaiter().GetResult();
                int following = i + 1;
                next = following < batches.Length ? Task.Run(() => Create(epoch, following, batches[following])) : null;
                yield return batch;
            }
        }
        finally
        {
            // When the receiver stops early, the batch made ahead still owns memory.
            if (next is not null && Task.WhenAny(next).GetAwaiter().GetResult().IsCompletedSuccessfully)
                next.Result.Dispose();
        }
    }

    private TrainingBatch Create(int epoch, int index, int[][] groups)
    {
        string name = $"{epoch} {index}";
        (int Clip, int Group)[] members = [.. groups.SelectMany((group, i) => group.Select(clip => (clip, i)))];
        NormalisedClip[] prepared = new NormalisedClip[members.Length];
        Parallel.For(0, members.Length, parallel, i =>
            prepared[i] = preparation.Prepare(members[i].Clip, RandomSources.Create(settings, name, i, members[i].Group)));
        SeededRandom random = Seeds.Random(settings.Seed, $"batch {name}");
        int[] labels = [.. members.Select(member => clips[member.Clip].Label)];
        var batch = new TrainingBatch(
            PaddedBatch.From(prepared), labels, [.. members.Select(member => clips[member.Clip].Speaker)], [])
        {
            Classes = classes.Mask([.. members.Select(member => clips[member.Clip].Corpus)]),
        };
        batch = batch with { Targets = Targets(labels, batch.Classes) };
        if (settings.Augmentation.Mixup > 0 && index % 2 == 1)
            return Mixup.Apply(batch, settings.Augmentation.Mixup, random);
        if (settings.Model.LogitCentring > 0)
            return batch with { LogitOffsetWeights = enrolment.DrawLogitOffsetWeights(name, members, random) };
        return batch;
    }

    /// <summary>
    /// Targets with label smoothing over the emotions that a clip's corpus has, multiplied by the class weight of each clip:
    /// [clips, emotions] row-major.
    /// </summary>
    /// <param name="labels">Label of each clip.</param>
    /// <param name="mask">See <see cref="TrainingBatch.Classes"/>.</param>
    private float[] Targets(int[] labels, float[] mask)
    {
        float[] targets = new float[labels.Length * emotions];
        for (int i = 0; i < labels.Length; i++)
        {
            Span<float> row = targets.AsSpan(i * emotions, emotions);
            row.Fill(1);
            float rest = (float)settings.Training.LabelSmoothing / row.Length;
            if (mask.Length > 0)
            {
                mask.AsSpan(i * emotions, emotions).CopyTo(row);
                rest = (float)settings.Training.LabelSmoothing / row.ToArray().Sum();
            }
            foreach (ref float target in row)
                target *= rest;
            row[labels[i]] += 1 - (float)settings.Training.LabelSmoothing;
            foreach (ref float target in row)
                target *= classWeights[labels[i]];
        }
        return targets;
    }

    /// <summary>
    /// Loss weight of each emotion: inverse to the expected number of its utterances in an epoch, with an expected mean of 1 over the
    /// utterances of an epoch; or all 1.
    /// </summary>
    /// <remarks>
    /// The expectation and not the count of each epoch: all epochs minimise the same loss, and the weight of an utterance does not
    /// depend on which others were drawn with it.
    /// </remarks>
    private float[] ClassWeights()
    {
        float[] weights = new float[emotions];
        Array.Fill(weights, 1);
        if (settings.Training.Balance != ClassBalance.Weighted)
            return weights;
        double[] draws = order.ExpectedDraws();
        IGrouping<int, int>[] classes = [.. Enumerable.Range(0, clips.Count).GroupBy(i => clips[i].Label)];
        foreach (IGrouping<int, int> members in classes)
            weights[members.Key] = (float)(draws.Sum() / (classes.Length * members.Sum(i => draws[i])));
        return weights;
    }
}
