using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>Names of corpora, which distinguish their speakers and, when they are joined, their paths.</summary>
internal static class CorpusNames
{
    /// <summary>
    /// The name of each corpus: <c>Corpus.Name</c>, else the default name. The later of equal default names get <c>-2</c>, <c>-3</c>.
    /// </summary>
    public static IReadOnlyList<string> Create(IReadOnlyList<(CorpusSettings Settings, string Folder)> corpora)
    {
        HashSet<string> used = [.. corpora.Select(corpus => corpus.Settings.Name)];
        List<string> names = [];
        foreach ((CorpusSettings settings, string folder) in corpora)
        {
            string name = settings.Name;
            if (name.Length == 0)
            {
                string stem = name = DefaultName(settings, folder);
                for (int number = 2; !used.Add(name); number++)
                    name = $"{stem}-{number}";
            }
            names.Add(name);
        }
        return names;
    }

    /// <summary>
    /// The kind. As <c>manifest</c> and <c>folders</c> can be any corpus, theirs is the stem of the manifest file unless that is
    /// <c>manifest</c>, else the last part of the folder.
    /// </summary>
    private static string DefaultName(CorpusSettings settings, string folder)
    {
        string name = "";
        if (settings.Kind == CorpusKind.Manifest)
        {
            string file = CorpusScan.ManifestPath(settings, folder);
            name = Path.GetFileNameWithoutExtension(file);
            if (name.Equals("manifest", StringComparison.OrdinalIgnoreCase))
                name = LastPart(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }
        else if (settings.Kind == CorpusKind.Folders)
            name = LastPart(folder);
        return name.Length > 0 ? name : CorpusKinds.NameOf(settings.Kind);
    }

    private static string LastPart(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
