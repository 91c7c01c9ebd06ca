using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Several corpora as one: paths and speakers get the source's name and a slash before them, so that they stay apart. The
/// name is the kind's; a second source of the same kind is called <c>KIND-2</c>.
/// </summary>
internal static class JoinedCorpora
{
    public static List<CorpusEntry> Scan(CorpusSettings settings, string folder, ProblemTally problems)
    {
        List<CorpusEntry> joined = [];
        IReadOnlyList<string> names = Names(settings.Sources);
        foreach ((CorpusSettings source, string name) in settings.Sources.Zip(names))
        {
            ProblemTally own = new();
            List<CorpusEntry> entries = CorpusScan.Scan(source, Folder(source, folder), own);
            entries = CorpusLabels.Apply(source.Labels, entries, own);
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
            foreach (CorpusProblem problem in own.Problems)
                problems.Add(problem with { Path = $"{name}/{problem.Path}" });
        }
        return joined;
    }

    /// <summary>A source's own folder, looked for below the joined one and then as it stands; without one, the folder named like its kind.</summary>
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
                throw new ArgumentException($"Corpus.Sources[{i}].Folder = '{source.Folder}': an earlier source of kind {kind} has the same folder");
            int before = sources.Take(i).Count(earlier => earlier.Kind == source.Kind);
            names.Add(before == 0 ? kind : $"{kind}-{before + 1}");
        }
        return names;
    }
}
