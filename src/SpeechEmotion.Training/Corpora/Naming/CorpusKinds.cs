using SpeechEmotion.Audio;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>Names of the kinds of corpora, and recognition of the kind from file names.</summary>
internal static class CorpusKinds
{
    /// <summary>The name of a kind in configs, as folder below <c>data</c>, and as prefix in joined corpora.</summary>
    public static string NameOf(CorpusKind kind) => KebabCase.From(kind);

    /// <summary>
    /// The likely kind of a corpus: <c>manifest</c> for a file or a folder with <c>manifest.csv</c>, a public corpus if at least half of
    /// the file names follow its scheme, else <c>folders</c>.
    /// </summary>
    /// <exception cref="IOException">The folder does not exist or cannot be listed.</exception>
    public static CorpusKind Guess(string folder)
    {
        if (File.Exists(folder) || File.Exists(Path.Combine(folder, new CorpusSettings().Manifest)))
            return CorpusKind.Manifest;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder; name the folder of a corpus or a manifest's CSV file");
        return Guess(AudioTree.Files(folder)) ?? CorpusKind.Folders;
    }

    /// <summary>The public corpus whose scheme most of the paths follow, if these are at least half of them; else null.</summary>
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
