using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>What names and folders say about a corpus; no sound is read.</summary>
public sealed class CorpusListing
{
    internal CorpusListing(IEnumerable<CorpusEntry> entries, IReadOnlyList<CorpusProblem> problems)
    {
        Entries = [.. entries.OrderBy(entry => entry.Utterance.Path, StringComparer.Ordinal)];
        Utterances = [.. Entries.Select(entry => entry.Utterance)];
        Problems = problems;
    }

    /// <summary>The utterances, in ordinal order of their paths whatever the file system's.</summary>
    public IReadOnlyList<Utterance> Utterances { get; }

    /// <summary>Names not understood, and what was left out by the settings or because it is no speech.</summary>
    public IReadOnlyList<CorpusProblem> Problems { get; }

    /// <summary>The utterances with the place where their sound comes from, in the same order.</summary>
    internal IReadOnlyList<CorpusEntry> Entries { get; }

    /// <summary>Lists the corpus in a folder, or the joined corpora below it.</summary>
    /// <param name="settings">Kind, labels and sources.</param>
    /// <param name="folder">The folder, see <see cref="FolderOf"/>; for kind <c>manifest</c> the CSV file will do; not used for kind <c>synthetic</c>.</param>
    /// <exception cref="IOException">The folder is not there.</exception>
    /// <exception cref="InvalidDataException">It holds no utterance of the kind, or the manifest is not understood.</exception>
    /// <exception cref="ArgumentException">The sources cannot be joined.</exception>
    public static CorpusListing Scan(CorpusSettings settings, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        ProblemTally problems = new();
        List<CorpusEntry> entries = settings.Sources.Count > 0
            ? JoinedCorpora.Scan(settings, folder, problems)
            : CorpusScan.Scan(settings, folder, problems);
        entries = CorpusLabels.Apply(settings.Labels, entries, problems);
        if (entries.Count == 0)
            throw new InvalidDataException($"{folder}: Corpus.Labels drops every utterance");
        CorpusLabels.WarnOfVariants(entries, problems);
        return new CorpusListing(entries, problems.Problems);
    }

    /// <summary>The kind of corpus in a folder, from its file names: see <see cref="CorpusKind"/>.</summary>
    /// <exception cref="IOException">The folder is not there or cannot be listed.</exception>
    public static CorpusKind GuessKind(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CorpusKinds.Guess(folder);
    }

    /// <summary>The listing of some of the utterances.</summary>
    public CorpusListing Only(Func<Utterance, bool> chosen) => new(Entries.Where(entry => chosen(entry.Utterance)), Problems);

    /// <summary>A corpus that is made in memory: each sound is asked for when it is needed, perhaps twice and from any thread.</summary>
    /// <param name="utterances">The utterances, with paths that differ, and what makes their sound, the same each time.</param>
    /// <exception cref="ArgumentException">Two utterances have the same path.</exception>
    public static CorpusListing FromMemory(IEnumerable<(Utterance Utterance, Func<Waveform> Make)> utterances)
    {
        List<CorpusEntry> entries = [.. utterances.Select(each => new CorpusEntry(each.Utterance, "", each.Make))];
        HashSet<string> paths = [];
        foreach (CorpusEntry entry in entries)
            if (!paths.Add(entry.Utterance.Path))
                throw new ArgumentException($"two utterances have the path '{entry.Utterance.Path}'", nameof(utterances));
        return new CorpusListing(entries, []);
    }

    /// <summary>The folder to scan: <paramref name="data"/> where the command line names one, else the settings' own, else <c>data/KIND</c>, and <c>data</c> for joined corpora.</summary>
    public static string FolderOf(CorpusSettings settings, string? data)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!string.IsNullOrEmpty(data))
            return data;
        if (settings.Folder.Length > 0)
            return settings.Folder;
        return settings.Sources.Count > 0 ? "data" : $"data/{CorpusKinds.NameOf(settings.Kind)}";
    }
}

/// <summary>An utterance and where its sound comes from.</summary>
/// <param name="Utterance">The utterance.</param>
/// <param name="File">The file to open; empty for a sound made in memory.</param>
/// <param name="Make">Makes the sound; null for one from a file.</param>
internal sealed record CorpusEntry(Utterance Utterance, string File, Func<Waveform>? Make = null);
