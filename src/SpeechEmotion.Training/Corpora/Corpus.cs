using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Corpora;

/// <summary>A corpus whose recordings have been read: the usable recordings, the unreadable ones, and duplicates.</summary>
public sealed class Corpus
{
    internal Corpus(
        IReadOnlyList<string> names, IReadOnlyList<CorpusItem> items, IReadOnlyList<CorpusDuplicate> duplicates,
        IReadOnlyList<CorpusProblem> unreadable, IReadOnlyList<CorpusProblem> problems)
    {
        Names = names;
        Items = items;
        Duplicates = duplicates;
        Unreadable = unreadable;
        Problems = problems;
    }

    /// <summary>The fingerprints of the distinct recordings that are not silent, by <see cref="CorpusItem.Index"/>.</summary>
    internal IReadOnlyDictionary<int, Fingerprint> Fingerprints { get; init; } = new Dictionary<int, Fingerprint>();

    /// <summary>The name of the corpus, or those of the joined ones; see <see cref="CorpusListing.Names"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The name in one line: <c>tess</c>, <c>tess + ravdess</c>.</summary>
    internal string DisplayName => string.Join(" + ", Names);

    /// <summary>The usable recordings in the order of the listing, without exact copies with the same label.</summary>
    public IReadOnlyList<CorpusItem> Items { get; }

    /// <summary>Pairs of duplicates; see <see cref="DuplicateKind"/> for their treatment.</summary>
    public IReadOnlyList<CorpusDuplicate> Duplicates { get; }

    /// <summary>Files that could not be read, each with its reason, in the order of the listing.</summary>
    public IReadOnlyList<CorpusProblem> Unreadable { get; }

    /// <summary>The problems of the listing, copies left out, silent recordings, and warnings of the audio decoder.</summary>
    public IReadOnlyList<CorpusProblem> Problems { get; }

    /// <summary>Reads all recordings of a listing in parallel and passes each on at a common sample rate.</summary>
    /// <param name="listing">The recordings.</param>
    /// <param name="sampleRate">Rate in Hz to which every recording is resampled before it is used and compared.</param>
    /// <param name="use">
    /// Receives each distinct recording once, with its index in <see cref="CorpusListing.Utterances"/>, from several threads and in no
    /// fixed order. <see cref="CorpusItem.Index"/> refers to this index. If it throws <see cref="InvalidDataException"/>, the recording
    /// counts as unreadable for that reason.
    /// </param>
    /// <param name="progress">Receives the number of recordings that are done, from several threads.</param>
    /// <param name="threads">Number of recordings that are read at once, at least 1.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="InvalidDataException">No recording can be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static Corpus Read(
        CorpusListing listing, int sampleRate, Action<int, Waveform> use, IProgress<int>? progress, int threads,
        CancellationToken cancellation) => Read(listing, sampleRate, use, null, progress, threads, cancellation);

    /// <summary>
    /// Reads with a cache: a recording that is found in the cache is neither decoded nor passed to <paramref name="use"/>.
    /// </summary>
    internal static Corpus Read(
        CorpusListing listing, int sampleRate, Action<int, Waveform> use, RecordingCache? cache, IProgress<int>? progress, int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(use);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);

        RecordingFacts[] facts = RecordingReader.Run(listing.Entries, sampleRate, use, cache, progress, threads, cancellation);
        (IReadOnlyList<NearDuplicate> near, IReadOnlyList<int> truncated) =
            NearDuplicates.Find(DistinctFingerprints(facts), sampleRate, threads, cancellation);
        Corpus corpus = CorpusAssembly.Assemble(listing, facts, near, truncated);
        if (corpus.Items.Count == 0)
            throw new InvalidDataException($"no recording of the corpus can be read; the first: {corpus.Unreadable[0]}");
        return corpus;
    }

    /// <summary>The fingerprints of the distinct recordings.</summary>
    private static List<KeyValuePair<int, Fingerprint>> DistinctFingerprints(RecordingFacts[] facts) =>
        [.. Enumerable.Range(0, facts.Length)
        .Where(i => facts[i].Fault is null && facts[i].UsedIndex == i && facts[i].Fingerprint is not null)
        .Select(i => KeyValuePair.Create(i, facts[i].Fingerprint!))];
}

/// <summary>A usable recording.</summary>
/// <param name="Index">
/// Index under which its samples were passed on: that of the utterance itself, or of an exact copy that was read first. Items with equal
/// samples share it.
/// </param>
/// <param name="Utterance">Label, speaker and text.</param>
/// <param name="Sha256">
/// SHA-256 of the file's bytes as 64 lower-case hexadecimal digits, followed by <c>#start-end</c> for a segment of the file; for a
/// recording from memory, of its samples as 16-bit little-endian PCM.
/// </param>
/// <param name="Seconds">Duration in seconds.</param>
/// <param name="SampleRate">Rate of the file in Hz.</param>
/// <param name="DuplicateGroup">
/// Number of the group of exact and near duplicates and of segments of one file, which must stay in one part of every split; an item
/// without any has a group of its own.
/// </param>
public sealed record CorpusItem(int Index, Utterance Utterance, string Sha256, double Seconds, int SampleRate, int DuplicateGroup)
{
    /// <summary>
    /// SHA-256 of the decoded samples and their rate as 64 lower-case hexadecimal digits: equal for equal sound in files that differ.
    /// </summary>
    public string SamplesSha256 { get; init; } = "";
}

/// <summary>A pair of duplicates.</summary>
/// <param name="Kind">Kind and treatment.</param>
/// <param name="First">The first of the two in the order of the listing.</param>
/// <param name="Second">The second.</param>
/// <param name="Correlation">
/// Absolute correlation of the waveforms between 300 and 1,200 Hz at the best lag, estimated from their signs; 1 for exact copies.
/// </param>
/// <param name="LagSeconds">
/// Delay of <paramref name="Second"/> relative to <paramref name="First"/> in seconds, to a quarter of a millisecond.
/// </param>
public sealed record CorpusDuplicate(DuplicateKind Kind, Utterance First, Utterance Second, double Correlation, double LagSeconds);

/// <summary>The kind of a pair of duplicates, and its treatment.</summary>
public enum DuplicateKind
{
    /// <summary>Equal samples and equal labels: the second is left out.</summary>
    Copy,
    /// <summary>Equal samples with different labels, one of which must be wrong: both are kept in one part of every split.</summary>
    Contradiction,
    /// <summary>
    /// One recording through another codec, level, sample rate or trimming (correlation above 0.93): both are kept in one part of every
    /// split.
    /// </summary>
    Near,
}
