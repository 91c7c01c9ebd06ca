using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Which utterances make which batch of an epoch: a pure function of seed and epoch. Utterances of like length share a
/// batch (little padding), batches come in random order, and every batch has at least two utterances.
/// </summary>
internal sealed class EpochOrder
{
    /// <summary>Batches among which utterances are sorted by length; more saves padding, fewer mixes better.</summary>
    private const int BatchesPerPool = 10;

    private readonly IReadOnlyList<LabelledClip> clips;
    private readonly TrainingSettings settings;
    private readonly int seed;
    private readonly int drawn;

    public EpochOrder(IReadOnlyList<LabelledClip> clips, TrainingSettings settings, int seed)
    {
        (this.clips, this.settings, this.seed) = (clips, settings, seed);
        drawn = settings.Balance == ClassBalance.Balanced
            ? clips.CountBy(clip => clip.Label).Max(pair => pair.Value) * clips.Select(clip => clip.Label).Distinct().Count()
            : settings.PerVoice > 0 ? clips.CountBy(clip => clip.Voice).Sum(pair => Math.Min(pair.Value, settings.PerVoice))
            : clips.Count;
    }

    /// <summary>Batches of every epoch. Rounded down, so that no batch is smaller than asked for.</summary>
    public int Batches => Math.Max(1, drawn / settings.BatchSize);

    /// <summary>The batches of an epoch, as indices of clips.</summary>
    public int[][] Of(int epoch)
    {
        SeededRandom random = Seeds.Random(seed, $"order {epoch}");
        int[] order = Draw(random);
        random.Shuffle<int>(order);
        int[] bounds = [.. Enumerable.Range(0, Batches + 1).Select(i => (int)((long)i * order.Length / Batches))];
        var batches = new int[Batches][];
        for (int first = 0; first < Batches; first += BatchesPerPool)
        {
            int last = Math.Min(Batches, first + BatchesPerPool);
            // Ties keep the random order: a stable sort.
            int[] pool = [.. order[bounds[first]..bounds[last]].OrderBy(i => clips[i].Features.Frames)];
            for (int b = first; b < last; b++)
                batches[b] = pool[(bounds[b] - bounds[first])..(bounds[b + 1] - bounds[first])];
        }
        random.Shuffle<int[]>(batches);
        return batches;
    }

    /// <summary>So many of each voice as may be, at random.</summary>
    private int[] OfEveryVoice(SeededRandom random)
    {
        var order = new List<int>(drawn);
        foreach (IGrouping<string, int> voice in Enumerable.Range(0, clips.Count).GroupBy(i => clips[i].Voice).OrderBy(voice => voice.Key, StringComparer.Ordinal))
        {
            int[] all = [.. voice];
            random.Shuffle<int>(all);
            order.AddRange(all.Take(settings.PerVoice));
        }
        return [.. order];
    }

    private int[] Draw(SeededRandom random)
    {
        if (settings.PerVoice > 0)
            return OfEveryVoice(random);
        if (settings.Balance != ClassBalance.Balanced)
            return [.. Enumerable.Range(0, clips.Count)];
        ILookup<int, int> byLabel = Enumerable.Range(0, clips.Count).ToLookup(i => clips[i].Label);
        int largest = byLabel.Max(members => members.Count());
        var order = new List<int>(drawn);
        foreach (IGrouping<int, int> members in byLabel.OrderBy(group => group.Key))
        {
            // Whole rounds of the class in random order, the last one cut short: no utterance is drawn twice more than another.
            int[] round = [.. members];
            for (int taken = 0; taken < largest; taken += round.Length)
            {
                random.Shuffle<int>(round);
                order.AddRange(round.Take(largest - taken));
            }
        }
        return [.. order];
    }
}
