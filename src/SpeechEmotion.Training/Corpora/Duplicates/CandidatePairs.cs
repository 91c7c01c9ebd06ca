namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// Pairs of recordings whose fingerprints are near. Speech gives few; of thousands of clips of one steady noise every pair is near,
/// and comparing their samples would take days. So the work is bounded by the number of recordings: each is held against those that
/// lie next to it by one value of the fingerprint, and of many that are near only its nearest are kept. Where one is nearly a copy
/// of another, that other is far nearer than chance brings two noises.
/// </summary>
internal sealed class CandidatePairs
{
    /// <summary>Fingerprints that one is held against, at most.</summary>
    public const int Neighbours = 4096;

    /// <summary>Pairs of one recording that are kept where there are more.</summary>
    public const int Nearest = 8;

    /// <summary>The pairs, smaller index first, in order.</summary>
    public required IReadOnlyList<(int First, int Second)> Pairs { get; init; }

    /// <summary>Recordings, in order, that were near to so many that not all of these were kept.</summary>
    public required IReadOnlyList<int> Truncated { get; init; }

    /// <param name="prints">Fingerprints by the index of their recording.</param>
    public static CandidatePairs Find(IEnumerable<KeyValuePair<int, Fingerprint>> prints)
    {
        KeyValuePair<int, Fingerprint>[] sorted = [.. prints.OrderBy(each => each.Value.Spread).ThenBy(each => each.Key)];
        // Of each, what is nearest so far; the farthest of these comes off first.
        var nearest = new PriorityQueue<int, (double Farness, int Index)>?[sorted.Length];
        var crowded = new bool[sorted.Length];
        for (int a = 0; a < sorted.Length; a++)
        {
            double limit = sorted[a].Value.Spread / (1 - Fingerprint.SpreadTolerance);
            int b = a + 1;
            for (; b < sorted.Length && b - a <= Neighbours && sorted[b].Value.Spread <= limit; b++)
            {
                if (!sorted[a].Value.IsNear(sorted[b].Value))
                    continue;
                double distance = sorted[a].Value.Distance(sorted[b].Value);
                Keep(a, b, distance);
                Keep(b, a, distance);
            }
            crowded[a] |= b < sorted.Length && b - a > Neighbours && sorted[b].Value.Spread <= limit;
        }
        return new CandidatePairs
        {
            Pairs = [.. Enumerable.Range(0, sorted.Length)
                .Where(a => nearest[a] is not null)
                .SelectMany(a => nearest[a]!.UnorderedItems.Select(item => Ordered(sorted[a].Key, sorted[item.Element].Key)))
                .Distinct().Order()],
            Truncated = [.. Enumerable.Range(0, sorted.Length).Where(a => crowded[a]).Select(a => sorted[a].Key).Order()],
        };

        void Keep(int of, int other, double distance)
        {
            PriorityQueue<int, (double, int)> kept = nearest[of] ??= new PriorityQueue<int, (double, int)>();
            crowded[of] |= kept.Count == Nearest;
            if (kept.Count < Nearest)
                kept.Enqueue(other, (-distance, -other));
            else
                kept.EnqueueDequeue(other, (-distance, -other));
        }
    }

    private static (int First, int Second) Ordered(int a, int b) => (Math.Min(a, b), Math.Max(a, b));
}
