using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// The division of the utterances of an epoch into batches, as a pure function of seed and epoch. Batches are in random order and have
/// at least two utterances each. They contain either utterances of similar length, for little padding, or groups of utterances of one
/// speaker (P×K sampling, <see cref="TrainingSettings.UtterancesPerSpeaker"/>).
/// </summary>
internal sealed class EpochOrder
{
    /// <summary>Number of batches whose utterances are sorted by length together: more save padding, fewer mix better.</summary>
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
            : settings.MaxUtterancesPerSpeaker > 0
            ? clips.CountBy(clip => clip.Speaker).Sum(pair => Math.Min(pair.Value, settings.MaxUtterancesPerSpeaker))
            : clips.Count;
    }

    /// <summary>
    /// Number of batches of every epoch, rounded down, so that no batch is smaller than <see cref="TrainingSettings.BatchSize"/>.
    /// </summary>
    public int Batches => Math.Max(1, drawn / settings.BatchSize);

    /// <summary>Expected number of draws of each utterance in an epoch: [clips].</summary>
    public double[] ExpectedDraws()
    {
        Dictionary<string, int> bySpeaker = clips.CountBy(clip => clip.Speaker).ToDictionary();
        Dictionary<int, int> byLabel = clips.CountBy(clip => clip.Label).ToDictionary();
        return [.. clips.Select(clip =>
            settings.MaxUtterancesPerSpeaker > 0 ? Math.Min(1, (double)settings.MaxUtterancesPerSpeaker / bySpeaker[clip.Speaker])
            : settings.Balance == ClassBalance.Balanced ? (double)byLabel.Values.Max() / byLabel[clip.Label]
            : 1)];
    }

    /// <summary>The batches of an epoch as indices of clips: [batch][group][clip]. A group is of one speaker, or a single clip.</summary>
    public int[][][] CreateBatches(int epoch)
    {
        SeededRandom random = Seeds.Random(seed, $"order {epoch}");
        int[] order = Draw(random);
        random.Shuffle<int>(order);
        int[] bounds = [.. Enumerable.Range(0, Batches + 1).Select(i => (int)((long)i * order.Length / Batches))];
        int[][][] batches = settings.UtterancesPerSpeaker > 1 ? GroupBySpeaker(order, bounds, random) : GroupByLength(order, bounds);
        random.Shuffle<int[][]>(batches);
        return batches;
    }

    private int[][][] GroupByLength(int[] order, int[] bounds)
    {
        var batches = new int[Batches][][];
        for (int first = 0; first < Batches; first += BatchesPerPool)
        {
            int last = Math.Min(Batches, first + BatchesPerPool);
            // The sort is stable: clips of equal length keep the random order.
            int[] pool = [.. order[bounds[first]..bounds[last]].OrderBy(i => clips[i].Features.Frames)];
            for (int b = first; b < last; b++)
                batches[b] = [.. pool[(bounds[b] - bounds[first])..(bounds[b + 1] - bounds[first])].Select(i => new[] { i })];
        }
        return batches;
    }

    /// <summary>
    /// Divides the utterances of each speaker into as few groups as possible, of similar size. A group belongs to the batch in which it
    /// begins.
    /// </summary>
    private int[][][] GroupBySpeaker(int[] order, int[] bounds, SeededRandom random)
    {
        int[][] groups = [.. order
            .GroupBy(i => clips[i].Speaker, StringComparer.Ordinal)
            .OrderBy(speaker => speaker.Key, StringComparer.Ordinal)
            .SelectMany(speaker => DivideIntoGroups([.. speaker]))];
        random.Shuffle<int[]>(groups);
        var batches = new List<int[]>[Batches];
        int begin = 0, batch = -1;
        foreach (int[] group in groups)
        {
            while (batch + 1 < Batches && begin >= bounds[batch + 1])
                batches[++batch] = [];
            batches[batch].Add(group);
            begin += group.Length;
        }
        return [.. batches.Select(members => members.ToArray())];
    }

    private IEnumerable<int[]> DivideIntoGroups(int[] speaker)
    {
        int groups = (speaker.Length + settings.UtterancesPerSpeaker - 1) / settings.UtterancesPerSpeaker;
        return Enumerable.Range(0, groups).Select(i => speaker[(i * speaker.Length / groups)..((i + 1) * speaker.Length / groups)]);
    }

    /// <summary>At most <see cref="TrainingSettings.MaxUtterancesPerSpeaker"/> random utterances of each speaker.</summary>
    private int[] DrawPerSpeaker(SeededRandom random)
    {
        var order = new List<int>(drawn);
        foreach (IGrouping<string, int> speaker in Enumerable.Range(0, clips.Count)
            .GroupBy(i => clips[i].Speaker)
            .OrderBy(speaker => speaker.Key, StringComparer.Ordinal))
        {
            int[] all = [.. speaker];
            random.Shuffle<int>(all);
            order.AddRange(all.Take(settings.MaxUtterancesPerSpeaker));
        }
        return [.. order];
    }

    private int[] Draw(SeededRandom random)
    {
        if (settings.MaxUtterancesPerSpeaker > 0)
            return DrawPerSpeaker(random);
        if (settings.Balance != ClassBalance.Balanced)
            return [.. Enumerable.Range(0, clips.Count)];
        ILookup<int, int> byLabel = Enumerable.Range(0, clips.Count).ToLookup(i => clips[i].Label);
        int largest = byLabel.Max(members => members.Count());
        var order = new List<int>(drawn);
        foreach (IGrouping<int, int> members in byLabel.OrderBy(group => group.Key))
        {
            // Rounds over all utterances of the class in random order, the last one cut short: the numbers of draws differ by at most one.
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
