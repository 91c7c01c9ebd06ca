namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>A pair of near duplicates.</summary>
/// <param name="First">Index of the first recording.</param>
/// <param name="Second">Index of the second recording.</param>
/// <param name="Correlation">Absolute correlation of the waveforms between 300 and 1,200 Hz at the best lag.</param>
/// <param name="LagSeconds">Delay of the second relative to the first in seconds, to a quarter of a millisecond.</param>
internal sealed record NearDuplicate(int First, int Second, double Correlation, double LagSeconds);

/// <summary>
/// The search for near duplicates: one recording through another codec, level, sample rate or trimming. Landmarks with similar codes
/// select and align the candidates; the signs of the whole waveforms decide.
/// </summary>
/// <remarks>
/// Every pair is examined, which takes some nanoseconds for most. The number of candidates of a recording is limited, so that the time
/// stays within minutes for 100,000 recordings even if all of them have similar codes.
/// </remarks>
internal static class NearDuplicates
{
    /// <summary>
    /// Correlation above which two recordings are near duplicates. Copies at 24 kbit/s exceed 0.95; different takes of one sentence by one
    /// speaker reach 0.6, different words of a second with the same pitch 0.8, once in millions of pairs 0.91.
    /// </summary>
    public const double Threshold = 0.93;

    /// <summary>Largest number of later recordings with which each is compared.</summary>
    public const int MaxCandidates = 4096;

    // Share of equal signs around a landmark, above which the whole recordings are compared: a correlation of 0.8.
    private const double MinAgreement = 0.8;

    // Signs around a landmark. Few are enough, because the whole recordings decide.
    private const int MinCompared = 32;

    /// <summary>
    /// The near duplicates in ascending order, and the recordings with more candidates than <see cref="MaxCandidates"/>, of which only the
    /// most similar were compared.
    /// </summary>
    /// <param name="recordings">Indices in ascending order with their fingerprints, all computed at one sample rate.</param>
    /// <param name="sampleRate">That rate in Hz.</param>
    /// <param name="threads">Recordings compared at once.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static (IReadOnlyList<NearDuplicate> Pairs, IReadOnlyList<int> Truncated) Find(
        IReadOnlyList<KeyValuePair<int, Fingerprint>> recordings, int sampleRate, int threads, CancellationToken cancellation)
    {
        KeyValuePair<int, Fingerprint>[] all = [.. recordings.Where(each => each.Value.Peaks.Length > 0)];
        LandmarkCodes codes = new([.. all.Select(each => each.Value)]);
        double signRate = (double)sampleRate / BandFilter.ForRate(sampleRate).Step;
        List<NearDuplicate>?[] found = new List<NearDuplicate>[all.Length];
        bool[] truncated = new bool[all.Length];
        RecordingReader.InParallel(all.Length, threads, i =>
        {
            List<(int Distance, int Index)> candidates = codes.After(i, LandmarkMatcher.MaxDistance);
            if (candidates.Count == 0)
                return;
            if (candidates.Count > MaxCandidates)
            {
                truncated[i] = true;
                candidates.Sort();
                candidates.RemoveRange(MaxCandidates, candidates.Count - MaxCandidates);
            }
            LandmarkMatcher matcher = new(all[i].Value);
            foreach ((_, int j) in candidates)
                if (Compare(matcher, all[i].Value, all[j].Value) is { } copy)
                    (found[i] ??= []).Add(new NearDuplicate(all[i].Key, all[j].Key, copy.Correlation, copy.Lag / signRate));
        }, cancellation);
        return ([.. found.Where(each => each is not null).SelectMany(each => each!).OrderBy(pair => (pair.First, pair.Second))],
            [.. Enumerable.Range(0, all.Length).Where(i => truncated[i]).Select(i => all[i].Key)]);
    }

    /// <summary>The correlation and lag in signs of a pair of near duplicates; null for any other pair.</summary>
    private static (double Correlation, int Lag)? Compare(LandmarkMatcher matcher, Fingerprint one, Fingerprint other)
    {
        foreach (ref readonly Landmark peak in other.Peaks.AsSpan())
        {
            (int position, double agreement) = matcher.Best(peak, MinCompared);
            if (agreement < MinAgreement)
                continue;
            int lag = peak.Position - position;
            double correlation = one.Correlation(other, lag);
            foreach (int near in (ReadOnlySpan<int>)[lag - 1, lag + 1])
                if (one.Correlation(other, near) is double beside && beside > correlation)
                    (lag, correlation) = (near, beside);
            if (correlation > Threshold)
                return (correlation, lag);
        }
        return null;
    }
}
