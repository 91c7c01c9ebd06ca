using SpeechEmotion.Corpora;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Evaluation;

/// <summary>Which recordings and speakers of a test were in the training or validation part of a model.</summary>
/// <remarks>
/// Recordings are compared by their samples, so that a renamed file is recognised. Names of speakers are compared only within one corpus,
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
    public static TrainingOverlap Compute(ModelProvenance provenance, IReadOnlyList<CorpusItem> items)
    {
        Dictionary<string, SpeakerDigest> owners = [];
        foreach (SpeakerDigest digest in provenance.Speakers)
            foreach (string recording in digest.SplitRecordings())
                owners[recording] = digest;
        int seen = 0, unseen = 0, all = 0;
        foreach (IGrouping<string, CorpusItem> corpus in items
            .Where(item => item.Utterance.Speaker.Length > 0)
            .GroupBy(item => SpeakerNames.CorpusOf(item.Utterance.Speaker)))
        {
            HashSet<string>? trained = FindSpeakers(provenance, corpus, owners);
            foreach (IGrouping<string, CorpusItem> speaker in corpus.GroupBy(item => item.Utterance.Speaker))
            {
                all++;
                if (speaker.Any(item => owners.ContainsKey(Hash(item))) || trained?.Contains(HashSpeaker(speaker.Key)) == true)
                    seen++;
                else if (trained is not null)
                    unseen++;
            }
        }
        return new TrainingOverlap
        {
            IsRecorded = provenance.Speakers.Count > 0,
            Recordings = items.Count,
            KnownRecordings = items.Count(item => owners.ContainsKey(Hash(item))),
            Speakers = all,
            SeenSpeakers = seen,
            UnseenSpeakers = unseen,
            HasUnnamed = items.Any(item => item.Utterance.Speaker.Length == 0),
        };
    }

    /// <summary>
    /// The hashed names of all speakers of a corpus that were in training; null where it is not known: no recording of it was there, or
    /// its speakers had no names there, or others.
    /// </summary>
    private static HashSet<string>? FindSpeakers(
        ModelProvenance provenance, IEnumerable<CorpusItem> corpus, Dictionary<string, SpeakerDigest> owners)
    {
        HashSet<string> corpora = [];
        foreach (CorpusItem item in corpus)
        {
            if (!owners.TryGetValue(Hash(item), out SpeakerDigest? owner))
                continue;
            if (owner.Speaker != HashSpeaker(item.Utterance.Speaker))
                return null;
            corpora.Add(owner.Corpus);
        }
        HashSet<string> speakers =
            [.. provenance.Speakers.Where(digest => corpora.Contains(digest.Corpus)).Select(digest => digest.Speaker)];
        return corpora.Count == 0 || speakers.Contains("") ? null : speakers;
    }

    private static string Hash(CorpusItem item) => SpeakerDigest.HashRecording(item.SamplesSha256);

    private static string HashSpeaker(string fullName) => SpeakerDigest.HashName(SpeakerNames.WithoutCorpus(fullName));
}
