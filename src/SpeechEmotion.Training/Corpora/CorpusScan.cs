using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Corpora.Synthetic;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>Lists a single corpus, without applying <c>Corpus.Labels</c>.</summary>
internal static class CorpusScan
{
    /// <summary>The entries of a corpus, at least one, with the full names of their speakers.</summary>
    /// <exception cref="IOException">The folder or the manifest does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no utterance, or the manifest is invalid.</exception>
    public static List<CorpusEntry> Scan(CorpusSource source, ProblemTally problems)
    {
        List<CorpusEntry> entries = source.Settings.Kind switch
        {
            CorpusKind.Manifest => Manifest(source.Settings, source.Folder, problems),
            CorpusKind.Synthetic => Synthetic(source.Settings.Synthetic),
            _ => Names(source.Settings.Kind, source.Folder, problems),
        };
        return entries.ConvertAll(entry =>
            entry with { Utterance = entry.Utterance with { Speaker = SpeakerNames.Full(source.Name, entry.Utterance.Speaker) } });
    }

    /// <summary>The CSV file of a manifest: the folder itself if it is a file.</summary>
    public static string ManifestPath(CorpusSettings settings, string folder) =>
        File.Exists(folder) ? folder : Path.Combine(folder, settings.Manifest);

    private static List<CorpusEntry> Synthetic(SyntheticSettings settings)
    {
        var corpus = new SyntheticCorpus(settings);
        return [.. corpus.Utterances.Select((utterance, i) => new CorpusEntry(utterance, "", () => corpus.Render(i)))];
    }

    private static List<CorpusEntry> Manifest(CorpusSettings settings, string folder, ProblemTally problems)
    {
        string file = ManifestPath(settings, folder);
        if (!File.Exists(file))
            throw new FileNotFoundException(
                $"{file}: no such file; Corpus.Kind = manifest expects a CSV file with the columns path, emotion, speaker there");
        string place = Path.GetDirectoryName(file) ?? "";
        List<CorpusEntry> entries =
            [.. ManifestFile.Read(file, problems).Select(row => new CorpusEntry(row, Path.Combine(place, row.Path)))];
        if (entries.Count == 0)
            throw new InvalidDataException($"{file}: names no utterance; each line after the first is one");
        return entries;
    }

    private static List<CorpusEntry> Names(CorpusKind kind, string folder, ProblemTally problems)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"{folder}: {(File.Exists(folder) ? "not a folder" : "no such folder")}; {Expectation(kind)}");
        IReadOnlyList<string> paths = AudioTree.Files(folder, problems);
        if (paths.Count == 0)
            throw new InvalidDataException($"{folder}: no sound file in it; {Expectation(kind)}");

        List<CorpusEntry> entries = [];
        foreach ((string path, NameReading reading) in paths.Zip(Readings(kind, paths)))
        {
            if (reading.Utterance is { } utterance)
                entries.Add(new CorpusEntry(utterance, Path.Combine(folder, path)));
            else
                problems.Add(reading.Kind, path, reading.Reason);
        }
        if (entries.Count == 0)
            throw new InvalidDataException(
                $"{folder}: none of its {paths.Count} sound files is speech of the kind, the first is {paths[0]} "
                + $"({problems.Problems[0].Reason}); {LooksLike(kind, paths)}{Expectation(kind)}");
        return entries;
    }

    private static IEnumerable<NameReading> Readings(CorpusKind kind, IReadOnlyList<string> paths) =>
        NamingScheme.Find(kind) is { } scheme ? paths.Select(scheme.Read) : FolderNames.Read(paths);

    private static string LooksLike(CorpusKind kind, IReadOnlyList<string> paths) =>
        CorpusKinds.Guess(paths) is { } other && other != kind ? $"the names look like kind {CorpusKinds.NameOf(other)}; " : "";

    private static string Expectation(CorpusKind kind)
    {
        string name = CorpusKinds.NameOf(kind);
        return NamingScheme.Find(kind) is { } scheme
            ? $"Corpus.Kind = {name} expects files like {scheme.Example} in it or in its subfolders. {scheme.Title} can be had at "
                + $"{scheme.Source}; put it into data/{name} or name its folder with --data"
            : $"Corpus.Kind = {name} expects one folder an emotion, such as anger/anna/01.wav or anna/anger/01.wav; "
                + $"put it into data/{name} or name its folder with --data";
    }
}
