using System.Collections.Concurrent;
using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Evaluation;

/// <summary>Which recordings and speakers of a test were in the training or validation part of a model.</summary>
/// <remarks>
/// Recordings are compared by their samples, so that a renamed file is recognised, and by their landmarks, so that a copy through a codec
/// or at another level or rate is. Names of speakers are compared only within one corpus,
/// and two corpora are the same when they share a recording: two corpora can give one person two names, and two persons one name.
/// </remarks>
internal sealed record TrainingOverlap
{
    /// <summary>Whether the checkpoint records what it was trained on.</summary>
    public required bool IsRecorded { get; init; }

    /// <summary>Number of test recordings.</summary>
    public required int Recordings { get; init; }

    /// <summary>Number of test recordings that were in training or validation.</summary>
    public required int KnownRecordings { get; init; }

    /// <summary>Number of test speakers with a name.</summary>
    public required int Speakers { get; init; }

    /// <summary>Number of test speakers that were in training or validation.</summary>
    public required int SeenSpeakers { get; init; }

    /// <summary>Number of test speakers that were not: of a corpus in training, under other names than its speakers there.</summary>
    public required int UnseenSpeakers { get; init; }

    /// <summary>Whether some test utterances have no named speaker.</summary>
    public required bool HasUnnamed { get; init; }

    /// <summary>Number of test speakers of which neither is known.</summary>
    public int UnknownSpeakers => Speakers - SeenSpeakers - UnseenSpeakers;

    /// <summary>Compares a test with the provenance of a model.</summary>
    /// <param name="provenance">What the model was trained on.</param>
    /// <param name="items">The test.</param>
    /// <param name="fingerprints">
    /// Fingerprints by <see cref="CorpusItem.Index"/>, by which copies through a codec or at another level or rate are recognised; empty:
    /// equal samples alone are.
    /// </param>
    public static TrainingOverlap Compute(
        ModelProvenance provenance, IReadOnlyList<CorpusItem> items, IReadOnlyDictionary<int, Fingerprint> fingerprints)
    {
        Dictionary<CorpusItem, SpeakerDigest> owners = FindOwners(provenance, items, fingerprints);
        int seen = 0, unseen = 0, all = 0;
        foreach (IGrouping<string, CorpusItem> corpus in items
            .Where(item => item.Utterance.Speaker.Length > 0)
            .GroupBy(item => SpeakerNames.CorpusOf(item.Utterance.Speaker)))
        {
            HashSet<string>? trained = FindSpeakers(provenance, corpus, owners);
            foreach (IGrouping<string, CorpusItem> speaker in corpus.GroupBy(item => item.Utterance.Speaker))
            {
                all++;
                if (speaker.Any(owners.ContainsKey) || trained?.Contains(HashSpeaker(speaker.Key)) == true)
                    seen++;
                else if (trained is not null)
                    unseen++;
            }
        }
        return new TrainingOverlap
        {
            IsRecorded = provenance.Speakers.Count > 0,
            Recordings = items.Count,
            KnownRecordings = owners.Count,
            Speakers = all,
            SeenSpeakers = seen,
            UnseenSpeakers = unseen,
            HasUnnamed = items.Any(item => item.Utterance.Speaker.Length == 0),
        };
    }

    /// <summary>The test recordings that were in training or validation, with their speaker there.</summary>
    private static Dictionary<CorpusItem, SpeakerDigest> FindOwners(
        ModelProvenance provenance, IReadOnlyList<CorpusItem> items, IReadOnlyDictionary<int, Fingerprint> fingerprints)
    {
        Dictionary<string, SpeakerDigest> byHash = [];
        foreach (SpeakerDigest digest in provenance.Speakers)
            foreach (string recording in digest.SplitRecordings())
                byHash[recording] = digest;
        (SpeakerDigest Digest, CompactFingerprint Prints)[] stored =
            [.. provenance.Speakers.Select(digest => (digest, Parse(digest)))];
        var owners = new ConcurrentDictionary<CorpusItem, SpeakerDigest>();
        Parallel.ForEach(items, item =>
        {
            if (byHash.TryGetValue(SpeakerDigest.HashRecording(item.SamplesSha256), out SpeakerDigest? same))
                owners[item] = same;
            else if (fingerprints.TryGetValue(item.Index, out Fingerprint? print)
                && new LandmarkMatcher(print) is var matcher
                && stored.FirstOrDefault(each => matcher.Matches(each.Prints)).Digest is { } copied)
                owners[item] = copied;
        });
        return new(owners);
    }

    /// <summary>
    /// The hashed names of all speakers of a corpus that were in training; null where it is not known: no recording of it was there, or
    /// its speakers had no names there, or others.
    /// </summary>
    private static HashSet<string>? FindSpeakers(
        ModelProvenance provenance, IEnumerable<CorpusItem> corpus, Dictionary<CorpusItem, SpeakerDigest> owners)
    {
        HashSet<string> corpora = [];
        foreach (CorpusItem item in corpus)
        {
            if (!owners.TryGetValue(item, out SpeakerDigest? owner))
                continue;
            if (owner.Speaker != HashSpeaker(item.Utterance.Speaker))
                return null;
            corpora.Add(owner.Corpus);
        }
        HashSet<string> speakers =
            [.. provenance.Speakers.Where(digest => corpora.Contains(digest.Corpus)).Select(digest => digest.Speaker)];
        return corpora.Count == 0 || speakers.Contains("") ? null : speakers;
    }

    private static CompactFingerprint Parse(SpeakerDigest digest)
    {
        try
        {
            return CompactFingerprint.Parse(digest.Landmarks);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"the checkpoint's landmarks of speaker {digest.Speaker}: {fault.Message}", fault);
        }
    }

    private static string HashSpeaker(string fullName) => SpeakerDigest.HashName(SpeakerNames.WithoutCorpus(fullName));
}
