using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>Kinds by their names in configs and folders, and kinds told from file names.</summary>
internal static class CorpusKinds
{
    /// <summary>The name of a kind in configs, of its folder below <c>data</c>, and before its speakers in joined corpora.</summary>
    public static string NameOf(CorpusKind kind) => kind switch
    {
        CorpusKind.Synthetic => "synthetic",
        CorpusKind.Tess => "tess",
        CorpusKind.Ravdess => "ravdess",
        CorpusKind.EmoDb => "emo-db",
        CorpusKind.Savee => "savee",
        CorpusKind.CremaD => "crema-d",
        CorpusKind.Folders => "folders",
        CorpusKind.Manifest => "manifest",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of corpus"),
    };

    /// <summary>
    /// The kind that the folder looks like: a manifest where <c>manifest.csv</c> or a CSV file is named, the corpus whose
    /// names at least half of the files bear, else folders.
    /// </summary>
    /// <exception cref="IOException">The folder is not there or cannot be listed.</exception>
    public static CorpusKind Guess(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.Combine(folder, new CorpusSettings().Manifest)))
            return CorpusKind.Manifest;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; name the folder of a corpus or a manifest's CSV file");
        return Guess(AudioTree.Files(folder)) ?? CorpusKind.Folders;
    }

    /// <summary>The corpus whose names at least half of the paths bear, or null.</summary>
    public static CorpusKind? Guess(IReadOnlyList<string> paths)
    {
        NamingScheme? best = null;
        int max = Math.Max(1, (paths.Count + 1) / 2) - 1;
        foreach (NamingScheme scheme in NamingScheme.All)
        {
            int understood = paths.Count(path => scheme.Read(path).Understood);
            if (understood > max)
                (best, max) = (scheme, understood);
        }
        return best?.Kind;
    }
}
