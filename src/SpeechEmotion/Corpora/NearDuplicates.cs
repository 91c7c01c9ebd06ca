using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora;

/// <summary>Two recordings, by their indices, whose samples are nearly the same.</summary>
internal sealed record NearDuplicate(int First, int Second, double Correlation, double LagSeconds);

/// <summary>
/// Recordings that are nearly the same: takes of one recording through another codec, at another level, cut a little
/// differently. Fingerprints, sorted by one of their values, give the few pairs that may be; those are read again and compared.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>Correlation above which two recordings count as one.</summary>
    public const double Threshold = 0.999;

    // Noise within the threshold moves the centre of energy by a few milliseconds.
    private const double LagReach = 0.02;

    // In less there is too little for a fingerprint to tell sounds apart: every pair of such scraps would be read again.
    private const double ShortestSeconds = 0.1;

    /// <summary>Every such pair among the recordings that were handed out, in order.</summary>
    public static IReadOnlyList<NearDuplicate> Find(
        IReadOnlyList<CorpusEntry> entries, RecordingFacts[] facts, int sampleRate, int threads, CancellationToken cancellation)
    {
        List<(int First, int Second)> candidates = Candidates(facts);
        NearDuplicate?[] found = new NearDuplicate?[candidates.Count];
        RecordingPass.InParallel(candidates.Count, threads, i =>
        {
            (int first, int second) = candidates[i];
            int around = (int)Math.Round((facts[second].Fingerprint!.Centre - facts[first].Fingerprint!.Centre) * sampleRate);
            (double correlation, int lag) = SampleCorrelation.Best(
                Samples(entries[first], sampleRate, cancellation), Samples(entries[second], sampleRate, cancellation), around, (int)(LagReach * sampleRate));
            if (correlation > Threshold)
                found[i] = new NearDuplicate(first, second, correlation, (double)lag / sampleRate);
        }, cancellation);
        return [.. found.OfType<NearDuplicate>()];
    }

    /// <summary>Pairs whose fingerprints are near, smaller index first, in order.</summary>
    public static List<(int First, int Second)> Candidates(RecordingFacts[] facts)
    {
        int[] order = [.. Enumerable.Range(0, facts.Length)
            .Where(i => facts[i].Fault is null && facts[i].UsedIndex == i && facts[i].Fingerprint is not null && facts[i].Seconds >= ShortestSeconds)
            .OrderBy(i => facts[i].Fingerprint!.Spread)];
        Fingerprint[] sorted = Array.ConvertAll(order, i => facts[i].Fingerprint!);
        List<(int First, int Second)> pairs = [];
        for (int a = 0; a < sorted.Length; a++)
        {
            double limit = sorted[a].Spread / (1 - Fingerprint.SpreadTolerance);
            for (int b = a + 1; b < sorted.Length && sorted[b].Spread <= limit; b++)
                if (sorted[a].IsNear(sorted[b]))
                    pairs.Add((Math.Min(order[a], order[b]), Math.Max(order[a], order[b])));
        }
        pairs.Sort();
        return pairs;
    }

    private static float[] Samples(CorpusEntry entry, int sampleRate, CancellationToken cancellation)
    {
        Waveform sound = RecordingPass.Load(entry, cancellation);
        return sound.SampleRate == sampleRate ? sound.Samples : Resampler.Resample(sound, sampleRate).Samples;
    }
}
