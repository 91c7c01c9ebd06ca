using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>Two recordings, by their indices, whose samples are nearly the same.</summary>
internal sealed record NearDuplicate(int First, int Second, double Correlation, double LagSeconds);

/// <summary>
/// Recordings that are nearly the same: takes of one recording through another codec, at another level, cut a little
/// differently. Fingerprints give the few pairs that may be (<see cref="CandidatePairs"/>); those are read again and compared.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>Correlation above which two recordings count as one.</summary>
    public const double Threshold = 0.999;

    // Noise within the threshold moves the centre of energy by a few milliseconds.
    private const double LagReach = 0.02;

    // In less there is too little for a fingerprint to tell sounds apart: every pair of such scraps would be read again.
    private const double MinSeconds = 0.1;

    /// <summary>Such pairs among the recordings that were handed out, in order, and those that were near to too many to be compared with each.</summary>
    public static (IReadOnlyList<NearDuplicate> Pairs, IReadOnlyList<int> Crowded) Find(
        IReadOnlyList<CorpusEntry> entries, RecordingFacts[] facts, int sampleRate, int threads, CancellationToken cancellation)
    {
        CandidatePairs candidates = Candidates(facts);
        NearDuplicate?[] found = new NearDuplicate?[candidates.Pairs.Count];
        RecordingReader.InParallel(candidates.Pairs.Count, threads, i =>
        {
            (int first, int second) = candidates.Pairs[i];
            int around = (int)Math.Round((facts[second].Fingerprint!.Centre - facts[first].Fingerprint!.Centre) * sampleRate);
            (double correlation, int lag) = SampleCorrelation.Best(
                Samples(entries[first], sampleRate, cancellation), Samples(entries[second], sampleRate, cancellation), around, (int)(LagReach * sampleRate));
            if (correlation > Threshold)
                found[i] = new NearDuplicate(first, second, correlation, (double)lag / sampleRate);
        }, cancellation);
        return ([.. found.OfType<NearDuplicate>()], candidates.Truncated);
    }

    /// <summary>Pairs whose fingerprints are near, among the recordings that were handed out.</summary>
    private static CandidatePairs Candidates(RecordingFacts[] facts) => CandidatePairs.Find(Enumerable.Range(0, facts.Length)
        .Where(i => facts[i].Fault is null && facts[i].UsedIndex == i && facts[i].Fingerprint is not null && facts[i].Seconds >= MinSeconds)
        .Select(i => KeyValuePair.Create(i, facts[i].Fingerprint!)));

    private static float[] Samples(CorpusEntry entry, int sampleRate, CancellationToken cancellation)
    {
        Waveform sound = RecordingReader.Load(entry, cancellation);
        return sound.SampleRate == sampleRate ? sound.Samples : Resampler.Resample(sound, sampleRate).Samples;
    }
}
