using SpeechEmotion.Adaptation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Simulated enrolment: for a share of the clips (<see cref="TrainingSettings.EnrolmentProbability"/>), other utterances of the same
/// speaker are drawn as enrolled, so that the network learns to work with any amount of enrolment and without it. The number of
/// utterances is uniform on a logarithmic scale.
/// </summary>
internal sealed class EnrolmentDraw
{
    /// <summary>Largest number of utterances that enrol a clip's speaker.</summary>
    private const int MaxEnrolmentUtterances = 20;

    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly RunSettings settings;
    private readonly Dictionary<string, int[]> clipsBySpeaker;

    /// <param name="clips">The training part.</param>
    /// <param name="settings">The run.</param>
    public EnrolmentDraw(IReadOnlyList<LabelledClip> clips, RunSettings settings)
    {
        (this.clips, this.settings) = (clips, settings);
        clipsBySpeaker = Enumerable.Range(0, clips.Count)
            .GroupBy(i => clips[i].Speaker)
            .ToDictionary(speaker => speaker.Key, speaker => speaker.ToArray());
    }

    /// <summary>Statistics over 1 to 20 other utterances of a clip's speaker, drawn with replacement; null without enrolment.</summary>
    /// <param name="clip">Index of the clip in the training part; it is never drawn itself.</param>
    /// <param name="random">The clip's generator for enrolment.</param>
    public SpeakerStatistics? Draw(int clip, SeededRandom random)
    {
        if (random.NextDouble() >= settings.Training.EnrolmentProbability)
            return null;
        int[] candidates = clipsBySpeaker[clips[clip].Speaker];
        int count = Math.Min(candidates.Length - 1, (int)Math.Pow(MaxEnrolmentUtterances, random.NextDouble()));
        var speaker = new SpeakerStatistics();
        for (int drawn = 0; drawn < count;)
        {
            int other = candidates[random.Next(candidates.Length)];
            if (other == clip)
                continue;
            speaker.Add(clips[other].Statistics, settings.Features.ToSeconds(clips[other].Features.Frames));
            drawn++;
        }
        return count == 0 ? null : speaker;
    }

    /// <summary>
    /// Weights with which each clip's logit offset is computed from the logits of the other clips of its group, [batch, batch]
    /// row-major; 0 for clips without enrolment. The weights of a clip sum to its adaptation weight.
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
                int[] others = [.. group.Where(j => members[j].Clip != members[i].Clip)];
                random.Shuffle<int>(others);
                int count = Math.Min(others.Length, (int)Math.Pow(others.Length + 1, random.NextDouble()));
                foreach (int j in others.Take(count))
                    weights[(i * members.Length) + j] =
                        (float)(SpeakerVarianceModel.AdaptationWeight(count, settings.Model.LogitCentring) / count);
            }
        }
        return weights;
    }
}
