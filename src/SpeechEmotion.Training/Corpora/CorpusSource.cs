using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>A single corpus, or one of several that are joined.</summary>
/// <param name="Settings">Kind, manifest and labels.</param>
/// <param name="Folder">The folder to read; for kind <c>manifest</c> also the CSV file.</param>
/// <param name="Name">The name, different from that of the others.</param>
internal sealed record CorpusSource(CorpusSettings Settings, string Folder, string Name)
{
    /// <summary>The corpora that the settings describe, in order.</summary>
    /// <param name="settings">One corpus, or several with <c>Sources</c>.</param>
    /// <param name="folder">The folder of the corpus, or the one that holds those of the sources.</param>
    /// <exception cref="ArgumentException">Two sources are the same, or a source is itself a joined corpus.</exception>
    public static IReadOnlyList<CorpusSource> Resolve(CorpusSettings settings, string folder)
    {
        if (settings.Sources.Count == 0)
            return Named([(settings, folder)]);
        (CorpusSettings Settings, string Folder)[] sources = [.. settings.Sources.Select(source => (source, FolderOf(source, folder)))];
        Check(sources);
        return Named(sources);
    }

    private static CorpusSource[] Named(IReadOnlyList<(CorpusSettings Settings, string Folder)> corpora) =>
        [.. corpora.Zip(CorpusNames.Create(corpora), (corpus, name) => new CorpusSource(corpus.Settings, corpus.Folder, name))];

    /// <summary>
    /// The folder of a source: its <c>Folder</c> below the joined folder if that exists, else as it is. Without one the first of these that
    /// holds it: the folder of its name, the folder of its kind, and for a manifest the joined folder itself.
    /// </summary>
    private static string FolderOf(CorpusSettings source, string folder)
    {
        if (source.Folder.Length > 0)
        {
            string below = Path.Combine(folder, source.Folder);
            return Path.Exists(below) ? below : source.Folder;
        }
        bool isManifest = source.Kind == CorpusKind.Manifest;
        string kind = Path.Combine(folder, CorpusKinds.NameOf(source.Kind));
        List<string> places = [kind];
        if (source.Name.Length > 0)
            places.Insert(0, Path.Combine(folder, source.Name));
        if (isManifest)
            places.Add(folder);
        return places.Find(place => isManifest ? File.Exists(Path.Combine(place, source.Manifest)) : Directory.Exists(place)) ?? kind;
    }

    private static void Check((CorpusSettings Settings, string Folder)[] sources)
    {
        HashSet<(CorpusKind, string)> places = [];
        HashSet<string> names = [];
        for (int i = 0; i < sources.Length; i++)
        {
            (CorpusSettings source, string folder) = sources[i];
            if (source.Sources.Count > 0)
                throw new ArgumentException($"Corpus.Sources[{i}].Sources: a joined corpus cannot hold another");
            if (source.Name.Length > 0 && !names.Add(source.Name))
                throw new ArgumentException($"Corpus.Sources[{i}].Name = '{source.Name}': an earlier source has the same name");
            bool isManifest = source.Kind == CorpusKind.Manifest;
            string place = Path.GetFullPath(isManifest ? CorpusScan.ManifestPath(source, folder) : folder);
            if (places.Add((source.Kind, place)))
                continue;
            bool isListed = isManifest && !File.Exists(folder);
            (string setting, string value) = isListed ? ("Manifest", source.Manifest) : ("Folder", source.Folder);
            throw new ArgumentException(
                $"Corpus.Sources[{i}].{setting} = '{value}': an earlier source of kind {CorpusKinds.NameOf(source.Kind)} has the same"
                + (isManifest ? " file" : " folder"));
        }
    }
}
