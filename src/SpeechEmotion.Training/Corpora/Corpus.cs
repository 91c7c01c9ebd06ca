using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Duplicates;

namespace SpeechEmotion.Corpora;

/// <summary>A corpus whose every sound has been read once: what can be used, what cannot, and which recordings are copies of each other.</summary>
public sealed class Corpus
{
    internal Corpus(
        IReadOnlyList<CorpusItem> items, IReadOnlyList<CorpusDuplicate> duplicates,
        IReadOnlyList<CorpusProblem> unreadable, IReadOnlyList<CorpusProblem> problems)
    {
        Items = items;
        Duplicates = duplicates;
        Unreadable = unreadable;
        Problems = problems;
    }

    /// <summary>The recordings that can be used, in the listing's order, without copies of the same label.</summary>
    public IReadOnlyList<CorpusItem> Items { get; }

    /// <summary>Recordings found to be the same; see <see cref="CorpusDuplicate"/> for what came of them.</summary>
    public IReadOnlyList<CorpusDuplicate> Duplicates { get; }

    /// <summary>Files that could not be read, each with its reason, in the listing's order.</summary>
    public IReadOnlyList<CorpusProblem> Unreadable { get; }

    /// <summary>The listing's problems, then copies left out, silent recordings and what the sound reader warned of.</summary>
    public IReadOnlyList<CorpusProblem> Problems { get; }

    /// <summary>Reads every sound of a listing, several at once, and hands each over at one rate.</summary>
    /// <param name="listing">What to read.</param>
    /// <param name="sampleRate">Rate in Hz to which every sound is resampled before it is used and compared.</param>
    /// <param name="use">
    /// Receives each distinct recording once, with the index in <see cref="CorpusListing.Utterances"/> under which it was read;
    /// called from several threads and in no fixed order. <see cref="CorpusItem.Index"/> finds what it made. When it throws
    /// <see cref="InvalidDataException"/>, the recording counts as unreadable for that reason.
    /// </param>
    /// <param name="progress">Receives how many recordings are done, from several threads.</param>
    /// <param name="threads">How many recordings are read at once, at least 1.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="InvalidDataException">No recording at all can be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Corpus Read(
        CorpusListing listing, int sampleRate, Action<int, Waveform> use, IProgress<int>? progress, int threads,
        CancellationToken cancellation) => Read(listing, sampleRate, use, null, progress, threads, cancellation);

    /// <summary>The same with what earlier readings left behind: a recording that is recalled is neither decoded nor handed over.</summary>
    internal static Corpus Read(
        CorpusListing listing, int sampleRate, Action<int, Waveform> use, RecordingCache? memory, IProgress<int>? progress, int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(use);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);

        RecordingFacts[] facts = RecordingReader.Run(listing.Entries, sampleRate, use, memory, progress, threads, cancellation);
        (IReadOnlyList<NearDuplicate> near, IReadOnlyList<int> crowded) = NearDuplicates.Find(listing.Entries, facts, sampleRate, threads, cancellation);
        Corpus corpus = CorpusAssembly.Assemble(listing, facts, near, crowded);
        if (corpus.Items.Count == 0)
            throw new InvalidDataException($"no recording of the corpus can be read; the first: {corpus.Unreadable[0]}");
        return corpus;
    }
}

/// <summary>A recording that can be used.</summary>
/// <param name="Index">
/// Index under which its samples were handed out; that of the utterance itself, or of an exact copy that was read first.
/// Items whose samples are equal share it.
/// </param>
/// <param name="Utterance">What its name says.</param>
/// <param name="Sha256">SHA-256 of the file's bytes as 64 lower-case hexadecimal digits; for a sound made in memory, of its samples as 16-bit little-endian PCM.</param>
/// <param name="Seconds">Length.</param>
/// <param name="SampleRate">Rate of the file in Hz.</param>
/// <param name="DuplicateGroup">Items of one group are the same recording, or nearly, and belong on one side of every split; otherwise the group is the item's own.</param>
public sealed record CorpusItem(int Index, Utterance Utterance, string Sha256, double Seconds, int SampleRate, int DuplicateGroup);

/// <summary>Two recordings that are the same.</summary>
/// <param name="Kind">How they are the same, and what came of it.</param>
/// <param name="First">The first in order.</param>
/// <param name="Second">The other.</param>
/// <param name="Correlation">Absolute correlation of the samples at the best lag: 1 for exact copies.</param>
/// <param name="LagSeconds">How much later the sound comes in <paramref name="Second"/>.</param>
public sealed record CorpusDuplicate(DuplicateKind Kind, Utterance First, Utterance Second, double Correlation, double LagSeconds);

/// <summary>How two recordings are the same, and what came of it.</summary>
public enum DuplicateKind
{
    /// <summary>Equal samples and label: the second was left out.</summary>
    Copy,
    /// <summary>Equal samples under different labels: one label must be wrong. Both are kept, on one side of every split.</summary>
    Contradiction,
    /// <summary>Correlated above 0.999: both are kept, on one side of every split.</summary>
    Near,
}
