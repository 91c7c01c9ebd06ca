namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// Pairs of recordings with similar fingerprints. In speech there are few; among thousands of clips of one steady noise every pair is
/// similar, and comparing their samples would take days. The work is therefore limited to a constant number per recording: each is compared
/// with its neighbours in the order of <see cref="Fingerprint.Spread"/>, and only its nearest similar ones are kept. A near duplicate is
/// far nearer than two different clips of noise.
/// </summary>
internal sealed class CandidatePairs
{
    /// <summary>Largest number of fingerprints with which each is compared.</summary>
    public const int Neighbours = 4096;

    /// <summary>Largest number of pairs that each recording contributes.</summary>
    public const int Nearest = 8;

    /// <summary>The pairs, the smaller index first, in ascending order.</summary>
    public required IReadOnlyList<(int First, int Second)> Pairs { get; init; }

    /// <summary>Recordings with more similar ones than were kept or compared, in ascending order.</summary>
    public required IReadOnlyList<int> Truncated { get; init; }

    /// <summary>Finds the pairs.</summary>
    /// <param name="fingerprints">Fingerprints by the index of their recording.</param>
    public static CandidatePairs Find(IEnumerable<KeyValuePair<int, Fingerprint>> fingerprints)
    {
        KeyValuePair<int, Fingerprint>[] sorted = [.. fingerprints.OrderBy(each => each.Value.Spread).ThenBy(each => each.Key)];
        // The nearest of each so far; the farthest of these is dequeued first.
        var nearest = new PriorityQueue<int, (double NegativeDistance, int NegativeIndex)>?[sorted.Length];
        var truncated = new bool[sorted.Length];
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
            truncated[a] |= b < sorted.Length && b - a > Neighbours && sorted[b].Value.Spread <= limit;
        }
        return new CandidatePairs
        {
            Pairs = [.. Enumerable.Range(0, sorted.Length)
                .Where(a => nearest[a] is not null)
                .SelectMany(a => nearest[a]!.UnorderedItems.Select(item => Ordered(sorted[a].Key, sorted[item.Element].Key)))
                .Distinct().Order()],
            Truncated = [.. Enumerable.Range(0, sorted.Length).Where(a => truncated[a]).Select(a => sorted[a].Key).Order()],
        };

        void Keep(int one, int other, double distance)
        {
            PriorityQueue<int, (double, int)> kept = nearest[one] ??= new PriorityQueue<int, (double, int)>();
            truncated[one] |= kept.Count == Nearest;
            if (kept.Count < Nearest)
                kept.Enqueue(other, (-distance, -other));
            else
                kept.EnqueueDequeue(other, (-distance, -other));
        }
    }

    private static (int First, int Second) Ordered(int a, int b) => (Math.Min(a, b), Math.Max(a, b));
}
