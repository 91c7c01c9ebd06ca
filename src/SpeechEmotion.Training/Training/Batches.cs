using SpeechEmotion.Adaptation;
using SpeechEmotion.Augmentation;
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
    /// <summary>Most other utterances of a voice that are taken for known.</summary>
    private const int MaxEnrolmentUtterances = 20;

    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly RunSettings settings;
    private readonly FeatureNormaliser normaliser;
    private readonly FeatureAugmentation augmentation;
    private readonly WaveformAugmentation? sound;
    private readonly FeatureExtractor? extractor;
    private readonly EpochOrder order;
    private readonly int emotions;
    private readonly float[] classWeights;
    private readonly Dictionary<string, int[]> clipsBySpeaker;
    private readonly ParallelOptions parallel;

    /// <param name="clips">The training part.</param>
    /// <param name="settings">The run.</param>
    /// <param name="normaliser">Fitted on the training part.</param>
    /// <param name="emotions">Number of labels.</param>
    /// <param name="threads">Clips of a batch made at once; the batch does not depend on it.</param>
    public Batches(IReadOnlyList<LabelledClip> clips, RunSettings settings, FeatureNormaliser normaliser, int emotions, int threads = 1)
    {
        parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        (this.clips, this.settings, this.normaliser, this.emotions) = (clips, settings, normaliser, emotions);
        augmentation = new FeatureAugmentation(settings.Augmentation, settings.Features);
        if (WaveformAugmentation.IsEnabled(settings.Augmentation))
            (sound, extractor) = (new WaveformAugmentation(settings.Augmentation, settings.Features.SampleRate), new FeatureExtractor(settings.Features));
        order = new EpochOrder(clips, settings.Training, settings.Seed);
        classWeights = ClassWeights();
        clipsBySpeaker = Enumerable.Range(0, clips.Count).GroupBy(i => clips[i].Speaker).ToDictionary(speaker => speaker.Key, speaker => speaker.ToArray());
    }

    /// <summary>Steps of every epoch.</summary>
    public int PerEpoch => order.Batches;

    /// <summary>The batches of an epoch, each made while the one before is in use. The receiver disposes them.</summary>
    public IEnumerable<TrainingBatch> Enumerate(int epoch)
    {
        int[][][] batches = order.CreateBatches(epoch);
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

    private TrainingBatch Make(int epoch, int place, int[][] groups)
    {
        (int Clip, int Group)[] members = [.. groups.SelectMany((group, i) => group.Select(clip => (clip, i)))];
        NormalisedClip[] made = new NormalisedClip[members.Length];
        // Generators for each clip, so that they may be made side by side.
        Parallel.For(0, members.Length, parallel, i => made[i] = Make(members[i].Clip, CreateRandom($"{epoch} {place}", i, members[i].Group)));
        SeededRandom random = Seeds.Random(settings.Seed, $"batch {epoch} {place}");
        int[] labels = [.. members.Select(member => clips[member.Clip].Label)];
        var batch = new TrainingBatch(PaddedBatch.From(made), labels, [.. members.Select(member => clips[member.Clip].Speaker)], Targets(labels), [.. labels.Select(label => classWeights[label])]);
        if (settings.Augmentation.Mixup > 0 && place % 2 == 1)
            Mixup.Apply(batch, settings.Augmentation.Mixup, random);
        else if (settings.Model.LogitCentring > 0)
            return batch with { LogitOffsetWeights = DrawLogitOffsetWeights($"{epoch} {place}", members, random) };
        return batch;
    }

    private RandomSources CreateRandom(string place, int clip, int group)
    {
        SeededRandom own = Seeds.Random(settings.Seed, $"clip {place} {clip}");
        return settings.Training.UtterancesPerSpeaker == 1 ? new RandomSources(own, own, own, own) : new RandomSources(own, OfGroup("voice"), OfGroup("surroundings"), EnrolmentRandom(place, group));

        SeededRandom OfGroup(string what) => Seeds.Random(settings.Seed, $"{what} {place} {group}");
    }

    private SeededRandom EnrolmentRandom(string place, int group) => Seeds.Random(settings.Seed, $"known {place} {group}");

    /// <summary>
    /// For a clip whose voice is known: the share of each other clip's logits that is taken from its own, [batch, batch]. They are those of one to all other clips of its
    /// group, counts drawn evenly on a logarithmic scale.
    /// </summary>
    private float[] DrawLogitOffsetWeights(string place, (int Clip, int Group)[] members, SeededRandom random)
    {
        float[] shares = new float[members.Length * members.Length];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, members.Length).GroupBy(i => members[i].Group))
        {
            // The number that says whether the group's voice is known: Known draws it too.
            if (clips[members[group.First()].Clip].Speaker.Length == 0 || EnrolmentRandom(place, group.Key).NextDouble() >= settings.Training.EnrolmentProbability)
                continue;
            foreach (int i in group)
            {
                int[] others = [.. group.Where(j => members[j].Clip != members[i].Clip)];
                random.Shuffle<int>(others);
                int count = Math.Min(others.Length, (int)Math.Pow(others.Length + 1, random.NextDouble()));
                foreach (int j in others.Take(count))
                    shares[(i * members.Length) + j] = (float)(SpeakerVarianceModel.AdaptationWeight(count, settings.Model.LogitCentring) / count);
            }
        }
        return shares;
    }

    private NormalisedClip Make(int clip, RandomSources chance)
    {
        FeatureMatrix features = clips[clip].Features;
        double speed = 1;
        float[]? surroundings = null;
        if (sound is not null)
        {
            float[] spoken = clips[clip].Waveform!.ToFloats();
            (float[] played, speed) = sound.PerturbSpeed(spoken, chance.Speaker);
            float[] heard = sound.AddNoise(played, () => clips[chance.Environment.Next(clips.Count)].Waveform!.ToFloats(), chance.Environment);
            if (heard != spoken)
                features = extractor!.Extract(heard);
            if (heard != played && normaliser.Kind == Normalisation.Speaker)
                surroundings = Difference(UtteranceStatistics.Compute(features), speed == 1 ? clips[clip].Statistics : UtteranceStatistics.Compute(extractor!.Extract(played)));
        }
        (features, SpeakerPerturbation change) = augmentation.Apply(features, chance.Clip, chance.Speaker);
        NormalisedClip made = normaliser.Prepare(features, DrawEnrolment(clip, surroundings, change with { FrequencyFactor = speed * change.FrequencyFactor }, chance.Enrolment));
        augmentation.PerturbStatistics(made.Frames, chance.Clip);
        augmentation.Mask(made.Frames, chance.Clip);
        return made;
    }

    /// <summary>
    /// In a share of the clips (<see cref="TrainingSettings.EnrolmentProbability"/>) what one to twenty other utterances of the voice tell, else nothing: the network
    /// learns to use whatever is known. Counts are drawn evenly on a logarithmic scale, as knowledge grows with it.
    /// </summary>
    private SpeakerStatistics? DrawEnrolment(int clip, float[]? surroundings, SpeakerPerturbation change, SeededRandom random)
    {
        if (normaliser.Kind != Normalisation.Speaker || random.NextDouble() >= settings.Training.EnrolmentProbability)
            return null;
        int[] others = clipsBySpeaker[clips[clip].Speaker];
        int count = Math.Min(others.Length - 1, (int)Math.Pow(MaxEnrolmentUtterances, random.NextDouble()));
        var speaker = new SpeakerStatistics();
        for (int heard = 0; heard < count;)
        {
            int other = others[random.Next(others.Length)];
            if (other == clip)
                continue;
            speaker.Add(clips[other].Statistics, Seconds(clips[other]));
            heard++;
        }
        if (count == 0)
            return null;
        // The clip has become another voice, in other surroundings; what is known must be of that voice, and heard there too.
        int width = UtteranceStatistics.Names.Count;
        var statistics = new FeatureMatrix(speaker.Means(), speaker.Width / width, width);
        if (surroundings is not null)
            ScaledSum.Add(statistics.Values, surroundings, 1);
        augmentation.ApplyToStatistics(statistics, change);
        var warped = new SpeakerStatistics();
        warped.Add(statistics.Values, speaker.Seconds);
        return warped;
    }

    /// <summary>Where a clip's changes come from: what makes another voice of it, and says what is known of that, it shares with its group.</summary>
    /// <param name="Clip">Tempo, crop and masks.</param>
    /// <param name="Speaker">Another voice before another microphone.</param>
    /// <param name="Environment">Noise, other voices, a room.</param>
    /// <param name="Enrolment">What is known of the voice.</param>
    private readonly record struct RandomSources(SeededRandom Clip, SeededRandom Speaker, SeededRandom Environment, SeededRandom Enrolment);

    private static float[] Difference(float[] statistics, float[] before)
    {
        ScaledSum.Add(statistics, before, -1);
        return statistics;
    }

    private double Seconds(LabelledClip clip) => settings.Features.ToSeconds(clip.Features.Frames);

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
