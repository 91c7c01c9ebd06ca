using SpeechEmotion.Audio;
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
        return entries.ConvertAll(entry => entry with
        {
            Utterance = entry.Utterance with
            {
                Corpus = source.Name,
                Speaker = SpeakerNames.Full(source.Name, entry.Utterance.Speaker),
            },
        });
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
        IReadOnlyList<ManifestRow> rows = ManifestFile.Read(file, problems);
        ManifestAudio audio = new(file, settings.AudioRoot, folder, problems);
        List<CorpusEntry> entries = [.. rows.Select(row => new CorpusEntry(row.Utterance, audio.Find(row.File), null, row.Segment))];
        if (entries.Count == 0)
            throw new InvalidDataException($"{file}: names no utterance; each line after the first is one");
        return entries;
    }

    private static List<CorpusEntry> Names(CorpusKind kind, string folder, ProblemTally problems)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException(
                $"{folder}: {(File.Exists(folder) ? "not a folder" : "no such folder")}; {Expectation(kind)}");
        IReadOnlyList<string> files = AudioTree.Files(folder, skipped => problems.Add(
            skipped.IsUnreadable ? CorpusProblemKind.Unreadable : CorpusProblemKind.LeftOut, skipped.Path, skipped.Reason));
        string[] paths = Composed(files);
        if (paths.Length == 0)
            throw new InvalidDataException($"{folder}: no sound file in it; {Expectation(kind)}");

        List<CorpusEntry> entries = [];
        IReadOnlyList<NameReading> readings = Readings(kind, folder, paths, problems);
        foreach ((string path, string file, NameReading reading) in paths.Zip(files, readings))
        {
            if (reading.Utterance is { } utterance)
                entries.Add(new CorpusEntry(utterance, Path.Combine(folder, file)));
            if (reading.Reason.Length > 0)
                problems.Add(reading.Kind, path, reading.Reason);
        }
        if (entries.Count == 0)
            throw new InvalidDataException(
                $"{folder}: none of its {paths.Length} sound files is speech of the kind, the first is {paths[0]} "
                + $"({readings[0].Reason}); {LooksLike(kind, paths)}{Expectation(kind)}");
        return entries;
    }

    private static IReadOnlyList<NameReading> Readings(
        CorpusKind kind, string folder, IReadOnlyList<string> paths, ProblemTally problems)
    {
        if (NamingScheme.Find(kind) is not { } scheme)
            return [.. FolderNames.Read(paths)];
        NameReading[] byName = [.. paths.Select(scheme.Read)];
        bool hasTables = scheme.ReadTree is not null && byName.Any(reading => reading.Understood);
        return OtherFormats.LeaveOut(hasTables ? scheme.ReadTree!(folder, paths, problems) : byName);
    }

    /// <summary>The paths in composed form, but as they are where two files would get the same name.</summary>
    private static string[] Composed(IReadOnlyList<string> files)
    {
        HashSet<string> taken = [.. files];
        return [.. files.Select(file => NormalForm.Compose(file) is string composed && composed != file && taken.Add(composed)
            ? composed
            : file)];
    }

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
