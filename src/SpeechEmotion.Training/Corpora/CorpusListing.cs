using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>The utterances of a corpus according to names and folders, without reading audio.</summary>
public sealed class CorpusListing
{
    internal CorpusListing(IReadOnlyList<string> names, IEnumerable<CorpusEntry> entries, IReadOnlyList<CorpusProblem> problems)
    {
        Names = names;
        Entries = [.. entries.OrderBy(entry => entry.Utterance.Path, StringComparer.Ordinal)];
        Utterances = [.. Entries.Select(entry => entry.Utterance)];
        Problems = problems;
    }

    /// <summary>The name of the corpus, or those of the joined ones in the order of the settings.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The utterances in ordinal order of their paths, independent of the file system.</summary>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <summary>Names that do not follow the scheme, and utterances left out by the settings or because they are not speech.</summary>
    public IReadOnlyList<CorpusProblem> Problems { get; }

    /// <summary>The utterances with the sources of their audio, in the same order.</summary>
    internal IReadOnlyList<CorpusEntry> Entries { get; }

    /// <summary>Lists the corpus in a folder, or the joined corpora below it.</summary>
    /// <param name="settings">Kind, labels and sources.</param>
    /// <param name="folder">
    /// The folder, see <see cref="FolderOf"/>; a file is a manifest, whatever the kind; not used for kind <c>synthetic</c> otherwise.
    /// </param>
    /// <exception cref="IOException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">It contains no utterance of the kind, or the manifest is invalid.</exception>
    /// <exception cref="ArgumentException">The sources cannot be joined.</exception>
    public static CorpusListing Scan(CorpusSettings settings, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        ProblemTally problems = new();
        bool isManifest = settings.Kind == CorpusKind.Manifest && settings.Sources.Count == 0;
        if (!isManifest && File.Exists(folder))
            settings = settings with { Kind = CorpusKind.Manifest, Sources = [], Name = "" };
        IReadOnlyList<CorpusSource> sources = CorpusSource.Resolve(settings, folder);
        List<CorpusEntry> entries = settings.Sources.Count > 0
            ? JoinedCorpora.Scan(sources, problems)
            : CorpusScan.Scan(sources[0], problems);
        entries = CorpusLabels.Apply(settings.Labels, entries, problems);
        if (entries.Count == 0)
            throw new InvalidDataException($"{folder}: Corpus.Labels drops every utterance");
        CorpusLabels.WarnOfVariants(entries, problems);
        return new CorpusListing([.. sources.Select(source => source.Name)], entries, problems.Problems);
    }

    /// <summary>The kind of corpus in a folder, from its file names: see <see cref="CorpusKind"/>.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be listed.</exception>
    public static CorpusKind GuessKind(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CorpusKinds.Guess(folder);
    }

    /// <summary>The listing of those utterances that fulfil a condition.</summary>
    public CorpusListing Only(Func<Utterance, bool> chosen) =>
        new(Names, Entries.Where(entry => chosen(entry.Utterance)), Problems);

    /// <summary>A corpus in memory, named <c>memory</c>.</summary>
    /// <param name="utterances">
    /// The utterances, with different paths, and functions that return their audio. A function may be called more than once, from any
    /// thread, and must return the same samples each time.
    /// </param>
    /// <exception cref="ArgumentException">Two utterances have the same path.</exception>
    public static CorpusListing FromMemory(IEnumerable<(Utterance Utterance, Func<Waveform> Make)> utterances)
    {
        List<CorpusEntry> entries = [.. utterances.Select(each => new CorpusEntry(each.Utterance, "", each.Make))];
        HashSet<string> paths = [];
        foreach (CorpusEntry entry in entries)
            if (!paths.Add(entry.Utterance.Path))
                throw new ArgumentException($"two utterances have the path '{entry.Utterance.Path}'", nameof(utterances));
        return new CorpusListing(["memory"], entries, []);
    }

    /// <summary>
    /// The folder to scan: <paramref name="data"/> if the command line names one, else that of the settings, else <c>data/KIND</c>, or
    /// <c>data</c> for joined corpora.
    /// </summary>
    internal static string FolderOf(CorpusSettings settings, string? data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!string.IsNullOrEmpty(data))
            return data;
        if (settings.Folder.Length > 0)
            return settings.Folder;
        return settings.Sources.Count > 0 ? "data" : $"data/{CorpusKinds.NameOf(settings.Kind)}";
    }
}

/// <summary>An utterance with the source of its audio.</summary>
/// <param name="Utterance">The utterance.</param>
/// <param name="File">The audio file; empty for audio from memory.</param>
/// <param name="Make">Returns the audio; null for audio from a file.</param>
/// <param name="Segment">The section of the file; null: the whole of it.</param>
internal sealed record CorpusEntry(
    Utterance Utterance, string File, Func<Waveform>? Make = null, RecordingSegment? Segment = null);
