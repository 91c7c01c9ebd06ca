using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Several corpora as one. Paths and speakers are prefixed by the name of their source and a slash, so that they stay distinct. The name
/// of a source is its kind; that of a second source of the same kind is <c>KIND-2</c>.
/// </summary>
internal static class JoinedCorpora
{
    /// <summary>The entries of all sources.</summary>
    /// <exception cref="ArgumentException">Two sources are the same, or a source is itself a joined corpus.</exception>
    public static List<CorpusEntry> Scan(CorpusSettings settings, string folder, ProblemTally problems)
    {
        List<CorpusEntry> joined = [];
        IReadOnlyList<string> names = Names(settings.Sources);
        foreach ((CorpusSettings source, string name) in settings.Sources.Zip(names))
        {
            ProblemTally sourceProblems = new();
            List<CorpusEntry> entries = CorpusScan.Scan(source, Folder(source, folder), sourceProblems);
            entries = CorpusLabels.Apply(source.Labels, entries, sourceProblems);
            foreach (CorpusEntry entry in entries)
            {
                Utterance utterance = entry.Utterance;
                joined.Add(entry with
                {
                    Utterance = utterance with
                    {
                        Path = $"{name}/{utterance.Path}",
                        Speaker = utterance.Speaker.Length == 0 ? "" : $"{name}/{utterance.Speaker}",
                    },
                });
            }
            foreach (CorpusProblem problem in sourceProblems.Problems)
                problems.Add(problem with { Path = $"{name}/{problem.Path}" });
        }
        return joined;
    }

    /// <summary>
    /// The folder of a source: its <c>Folder</c> below the joined folder if that exists, else as it is; without one the folder of the name
    /// of its kind.
    /// </summary>
    private static string Folder(CorpusSettings source, string folder)
    {
        if (source.Folder.Length == 0)
            return Path.Combine(folder, CorpusKinds.NameOf(source.Kind));
        string below = Path.Combine(folder, source.Folder);
        return Path.Exists(below) ? below : source.Folder;
    }

    private static List<string> Names(IReadOnlyList<CorpusSettings> sources)
    {
        List<string> names = [];
        HashSet<(CorpusKind, string)> places = [];
        for (int i = 0; i < sources.Count; i++)
        {
            CorpusSettings source = sources[i];
            string kind = CorpusKinds.NameOf(source.Kind);
            if (source.Sources.Count > 0)
                throw new ArgumentException($"Corpus.Sources[{i}].Sources: a joined corpus cannot hold another");
            if (!places.Add((source.Kind, source.Folder)))
                throw new ArgumentException(
                    $"Corpus.Sources[{i}].Folder = '{source.Folder}': an earlier source of kind {kind} has the same folder");
            int before = sources.Take(i).Count(earlier => earlier.Kind == source.Kind);
            names.Add(before == 0 ? kind : $"{kind}-{before + 1}");
        }
        return names;
    }
}
