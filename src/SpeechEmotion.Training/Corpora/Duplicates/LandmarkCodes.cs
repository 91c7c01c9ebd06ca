using System.Numerics;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>The codes of the landmarks of all recordings, side by side in memory, so that a pair takes some nanoseconds.</summary>
internal sealed class LandmarkCodes
{
    private readonly EnvelopeCode[] codes;

    // The codes of recording i are those from starts[i] to starts[i + 1].
    private readonly int[] starts;

    /// <param name="recordings">The recordings.</param>
    public LandmarkCodes(IReadOnlyList<Fingerprint> recordings)
    {
        codes = [.. recordings.SelectMany(each => each.Peaks.Select(peak => peak.Code))];
        starts = new int[recordings.Count + 1];
        for (int i = 0; i < recordings.Count; i++)
            starts[i + 1] = starts[i] + recordings[i].Peaks.Length;
    }

    /// <summary>
    /// The recordings after one that have a landmark whose code is not farther from one of its own than <paramref name="maxDistance"/>, and
    /// the smallest distance of each.
    /// </summary>
    public List<(int Distance, int Index)> After(int recording, int maxDistance)
    {
        List<(int, int)> near = [];
        ReadOnlySpan<EnvelopeCode> own = codes.AsSpan(starts[recording]..starts[recording + 1]);
        int other = recording + 1, best = int.MaxValue;
        for (int at = starts[other]; at < codes.Length; at++)
        {
            if (at == starts[other + 1])
            {
                if (best <= maxDistance)
                    near.Add((best, other));
                other++;
                best = int.MaxValue;
            }
            EnvelopeCode code = codes[at];
            foreach (ref readonly EnvelopeCode mine in own)
            {
                // Four of five different codes are recognised by their first half.
                int distance = BitOperations.PopCount(mine.Low ^ code.Low);
                if (distance > maxDistance)
                    continue;
                distance += BitOperations.PopCount(mine.High ^ code.High);
                best = Math.Min(best, distance);
            }
        }
        if (best <= maxDistance)
            near.Add((best, other));
        return near;
    }
}
