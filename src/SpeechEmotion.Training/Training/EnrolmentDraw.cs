using SpeechEmotion.Adaptation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Simulated enrolment: for a share of the clips (<see cref="TrainingSettings.EnrolmentProbability"/>), other utterances of the same
/// speaker are drawn as enrolled, so that the network learns to work with any amount of enrolment and without it. The number of
/// utterances is uniform on a logarithmic scale.
/// </summary>
/// <remarks>
/// Without the clip itself, its class would be rarer among the remaining utterances of the speaker than the other classes, and the
/// network could learn the label from that. The draws compensate for it: each class has the same expected share whichever clip is
/// enrolled. A class of which the speaker has a single utterance is never enrolled, because that utterance cannot enrol itself.
/// </remarks>
internal sealed class EnrolmentDraw
{
    /// <summary>Largest number of utterances that enrol a clip's speaker.</summary>
    private const int MaxEnrolmentUtterances = 20;

    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly RunSettings settings;
    private readonly double[] expectedDraws;
    private readonly Dictionary<string, int[]> poolBySpeaker;
    private readonly Dictionary<(string Speaker, int Label), int[]> clipsByClass;

    /// <param name="clips">The training part.</param>
    /// <param name="settings">The run.</param>
    /// <param name="expectedDraws">Expected number of draws of each clip in an epoch: [clips].</param>
    public EnrolmentDraw(IReadOnlyList<LabelledClip> clips, RunSettings settings, double[] expectedDraws)
    {
        (this.clips, this.settings, this.expectedDraws) = (clips, settings, expectedDraws);
        clipsByClass = Enumerable.Range(0, clips.Count)
            .GroupBy(i => (clips[i].Speaker, clips[i].Label))
            .Where(members => members.Count() > 1)
            .ToDictionary(members => members.Key, members => members.ToArray());
        poolBySpeaker = Enumerable.Range(0, clips.Count)
            .GroupBy(i => clips[i].Speaker)
            .ToDictionary(speaker => speaker.Key, speaker => speaker.Where(IsInPool).ToArray());
    }

    /// <summary>Statistics over 1 to 20 other utterances of a clip's speaker, drawn with replacement; null without enrolment.</summary>
    /// <param name="clip">Index of the clip in the training part; another one of its class is drawn in its place.</param>
    /// <param name="random">The clip's generator for enrolment.</param>
    public SpeakerStatistics? Draw(int clip, SeededRandom random)
    {
        if (random.NextDouble() >= settings.Training.EnrolmentProbability)
            return null;
        int[] pool = poolBySpeaker[clips[clip].Speaker];
        int count = Math.Min(pool.Length - 1, (int)Math.Pow(MaxEnrolmentUtterances, random.NextDouble()));
        var speaker = new SpeakerStatistics();
        for (int drawn = 0; drawn < count; drawn++)
        {
            int other = pool[random.Next(pool.Length)];
            if (other == clip)
                other = DrawAlike(clip, random);
            speaker.Add(clips[other].Statistics, settings.Features.ToSeconds(clips[other].Features.Frames));
        }
        return count <= 0 ? null : speaker;
    }

    /// <summary>
    /// Weights with which each clip's logit offset is computed from the logits of the other clips of its group, [batch, batch]
    /// row-major; 0 for clips without enrolment. The expected sum of the weights of a clip is its adaptation weight.
    /// </summary>
    /// <param name="batch">Epoch and index of the batch, as in <see cref="RandomSources.Create"/>.</param>
    /// <param name="members">Index of each clip in the training part, and of its group in the batch.</param>
    /// <param name="random">The batch's generator.</param>
    public float[] DrawLogitOffsetWeights(string batch, (int Clip, int Group)[] members, SeededRandom random)
    {
        float[] weights = new float[members.Length * members.Length];
        foreach (IGrouping<int, int> group in Enumerable.Range(0, members.Length).GroupBy(i => members[i].Group))
        {
            // The first number of this generator also decides in Draw: features and logits agree on which groups are enrolled.
            if (clips[members[group.First()].Clip].Speaker.Length == 0
                || RandomSources.ForEnrolment(settings, batch, group.Key).NextDouble() >= settings.Training.EnrolmentProbability)
                continue;
            foreach (int i in group)
            {
                int[] others = [.. group.Where(j => members[j].Clip != members[i].Clip && IsInPool(members[j].Clip))];
                random.Shuffle<int>(others);
                int count = Math.Min(others.Length, (int)Math.Pow(others.Length + 1, random.NextDouble()));
                (double alike, double different) = ClassFactors(members[i].Clip);
                foreach (int j in others.Take(count))
                    weights[(i * members.Length) + j] =
                        (float)(SpeakerVarianceModel.AdaptationWeight(count, settings.Model.LogitCentring) / count
                            * (clips[members[j].Clip].Label == clips[members[i].Clip].Label ? alike : different));
            }
        }
        return weights;
    }

    private bool IsInPool(int clip) => clipsByClass.ContainsKey((clips[clip].Speaker, clips[clip].Label));

    /// <summary>Another utterance of the clip's speaker and class.</summary>
    private int DrawAlike(int clip, SeededRandom random)
    {
        int[] alike = clipsByClass[(clips[clip].Speaker, clips[clip].Label)];
        int drawn = alike[random.Next(alike.Length - 1)];
        return drawn == clip ? alike[^1] : drawn;
    }

    /// <summary>
    /// Factors on the weights of the clips of the same class as <paramref name="clip"/> and of other classes: the expected share of a
    /// class among all of the speaker, divided by its expected share among those that remain without the clip.
    /// </summary>
    private (double Alike, double Different) ClassFactors(int clip)
    {
        if (!IsInPool(clip))
            return (1, 1);
        double all = poolBySpeaker[clips[clip].Speaker].Sum(i => expectedDraws[i]);
        double remaining = (all - expectedDraws[clip]) / all;
        double alike = clipsByClass[(clips[clip].Speaker, clips[clip].Label)].Length;
        return (remaining * alike / (alike - 1), remaining);
    }
}
