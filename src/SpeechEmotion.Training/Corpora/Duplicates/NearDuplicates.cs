using SpeechEmotion.Audio;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>A pair of near duplicates.</summary>
/// <param name="First">Index of the first recording.</param>
/// <param name="Second">Index of the second recording.</param>
/// <param name="Correlation">Absolute correlation of the samples at the best lag.</param>
/// <param name="LagSeconds">Delay of the second relative to the first in seconds.</param>
internal sealed record NearDuplicate(int First, int Second, double Correlation, double LagSeconds);

/// <summary>
/// The search for near duplicates: copies of one recording with another codec, level or trimming. Fingerprints select the candidates
/// (<see cref="CandidatePairs"/>), whose samples are then read again and correlated.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>Correlation above which two recordings are near duplicates.</summary>
    public const double Threshold = 0.999;

    // Seconds around the lag that the centres of energy indicate. Noise within the threshold moves them by a few milliseconds.
    private const double LagReach = 0.02;

    // Seconds. The fingerprints of shorter recordings distinguish too little: every pair of them would be a candidate.
    private const double MinSeconds = 0.1;

    /// <summary>
    /// The near duplicates among the distinct recordings, in ascending order, and the recordings whose search was truncated, see
    /// <see cref="CandidatePairs.Truncated"/>.
    /// </summary>
    public static (IReadOnlyList<NearDuplicate> Pairs, IReadOnlyList<int> Truncated) Find(
        IReadOnlyList<CorpusEntry> entries, RecordingFacts[] facts, int sampleRate, int threads, CancellationToken cancellation)
    {
        CandidatePairs candidates = Candidates(facts);
        NearDuplicate?[] found = new NearDuplicate?[candidates.Pairs.Count];
        RecordingReader.InParallel(candidates.Pairs.Count, threads, i =>
        {
            (int first, int second) = candidates.Pairs[i];
            int expectedLag = (int)Math.Round((facts[second].Fingerprint!.Centre - facts[first].Fingerprint!.Centre) * sampleRate);
            float[] one = Samples(entries[first], sampleRate, cancellation), other = Samples(entries[second], sampleRate, cancellation);
            (double correlation, int lag) = SampleCorrelation.Best(one, other, expectedLag, (int)(LagReach * sampleRate));
            if (correlation > Threshold)
                found[i] = new NearDuplicate(first, second, correlation, (double)lag / sampleRate);
        }, cancellation);
        return ([.. found.OfType<NearDuplicate>()], candidates.Truncated);
    }

    /// <summary>Candidates among the distinct recordings that are neither silent nor too short.</summary>
    private static CandidatePairs Candidates(RecordingFacts[] facts) => CandidatePairs.Find(Enumerable.Range(0, facts.Length)
        .Where(i => facts[i].Fault is null && facts[i].UsedIndex == i && facts[i].Fingerprint is not null && facts[i].Seconds >= MinSeconds)
        .Select(i => KeyValuePair.Create(i, facts[i].Fingerprint!)));

    private static float[] Samples(CorpusEntry entry, int sampleRate, CancellationToken cancellation)
    {
        Waveform recording = RecordingReader.Load(entry, cancellation);
        return recording.SampleRate == sampleRate ? recording.Samples : Resampler.Resample(recording, sampleRate).Samples;
    }
}
