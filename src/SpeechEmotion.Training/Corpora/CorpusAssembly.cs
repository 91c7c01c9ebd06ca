using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Assembles a corpus from its recordings: leaves out exact copies, groups duplicates and segments of a file, collects problems.
/// </summary>
internal static class CorpusAssembly
{
    private static readonly string TruncatedSearch =
        $"its level changes as in so many other recordings that it was compared with only {NearDuplicates.MaxCandidates} of them:"
        + " a copy through a codec may be missed";

    /// <summary>Assembles the corpus.</summary>
    /// <param name="listing">The listing that was read.</param>
    /// <param name="facts">The result of reading each entry of the listing.</param>
    /// <param name="near">Pairs of near duplicates among the distinct recordings.</param>
    /// <param name="truncated">Recordings whose search for near duplicates was truncated.</param>
    public static Corpus Assemble(
        CorpusListing listing, RecordingFacts[] facts, IReadOnlyList<NearDuplicate> near, IReadOnlyList<int> truncated)
    {
        IReadOnlyList<Utterance> utterances = listing.Utterances;
        ProblemTally problems = new();
        foreach (CorpusProblem problem in listing.Problems)
            problems.Add(problem);
        List<CorpusProblem> unreadable = [];
        List<CorpusDuplicate> duplicates = [];
        List<int> kept = [];
        UnionFind groups = new(facts.Length);
        Dictionary<(int Used, string Emotion), int> firstOfLabel = [];
        Dictionary<int, int> first = [];
        Dictionary<string, int> firstOfFile = [];

        for (int i = 0; i < facts.Length; i++)
        {
            RecordingFacts fact = facts[i];
            Utterance utterance = utterances[i];
            if (fact.Fault is not null)
            {
                unreadable.Add(new CorpusProblem(CorpusProblemKind.Unreadable, utterance.Path, fact.Fault));
                continue;
            }
            groups.Join(fact.UsedIndex, i);
            string file = RecordingSegment.FileHash(fact.Sha256);
            if (!firstOfFile.TryAdd(file, i))
                groups.Join(firstOfFile[file], i);
            if (firstOfLabel.TryGetValue((fact.UsedIndex, utterance.Emotion), out int original))
            {
                duplicates.Add(new CorpusDuplicate(DuplicateKind.Copy, utterances[original], utterance, 1, 0));
                problems.Add(CorpusProblemKind.LeftOut, utterance.Path, CopyReason(utterances[original], utterance));
                continue;
            }
            firstOfLabel.Add((fact.UsedIndex, utterance.Emotion), i);
            kept.Add(i);
            if (!first.TryAdd(fact.UsedIndex, i))
                duplicates.Add(new CorpusDuplicate(DuplicateKind.Contradiction, utterances[first[fact.UsedIndex]], utterance, 1, 0));
            if (fact.Fingerprint is null)
                problems.Add(CorpusProblemKind.Warning, utterance.Path, "silent: there is no sound in it");
            foreach (string warning in fact.Warnings)
                problems.Add(CorpusProblemKind.Warning, utterance.Path, warning);
        }
        foreach (int i in truncated)
            problems.Add(CorpusProblemKind.Warning, utterances[i].Path, TruncatedSearch);
        foreach (NearDuplicate pair in near)
            groups.Join(pair.First, pair.Second);
        duplicates.AddRange(near
            .Select(pair => pair with { First = first[pair.First], Second = first[pair.Second] })
            .Select(pair => pair.First < pair.Second
                ? pair
                : new NearDuplicate(pair.Second, pair.First, pair.Correlation, -pair.LagSeconds))
            .OrderBy(pair => (pair.First, pair.Second))
            .Select(pair => new CorpusDuplicate(
                DuplicateKind.Near, utterances[pair.First], utterances[pair.Second], pair.Correlation, pair.LagSeconds)));
        return new Corpus(listing.Names, Items(facts, utterances, kept, groups), duplicates, unreadable, problems.Problems)
        {
            Fingerprints = Enumerable.Range(0, facts.Length)
                .Where(i => facts[i].UsedIndex == i && facts[i].Fingerprint is not null)
                .ToDictionary(i => i, i => facts[i].Fingerprint!),
        };
    }

    private static List<CorpusItem> Items(RecordingFacts[] facts, IReadOnlyList<Utterance> utterances, List<int> kept, UnionFind groups)
    {
        // A group has the number of its first item, so that it does not depend on which copy was read first.
        Dictionary<int, int> numbers = [];
        List<CorpusItem> items = [];
        foreach (int i in kept)
        {
            numbers.TryAdd(groups.Find(i), items.Count);
            RecordingFacts fact = facts[i];
            items.Add(new CorpusItem(fact.UsedIndex, utterances[i], fact.Sha256, fact.Seconds, fact.SampleRate, numbers[groups.Find(i)])
            {
                SamplesSha256 = fact.SamplesSha256,
            });
        }
        return items;
    }

    private static string CopyReason(Utterance original, Utterance copy)
    {
        string differs = string.Join(" and ", Differences(original, copy));
        return differs.Length == 0 ? "an exact copy of a file before it" : $"an exact copy of a file before it, though {differs} differ";
    }

    private static IEnumerable<string> Differences(Utterance original, Utterance copy)
    {
        if (original.Speaker != copy.Speaker)
            yield return "the speakers";
        if (original.Text != copy.Text)
            yield return "the texts";
        if (original.Part != copy.Part)
            yield return "the parts";
    }
}
