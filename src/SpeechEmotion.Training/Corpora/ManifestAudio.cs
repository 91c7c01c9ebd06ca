using SpeechEmotion.Audio;
using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>Finds the audio files that a manifest names.</summary>
/// <remarks>
/// With <c>Corpus.AudioRoot</c> paths are relative to it, else to the folder of the CSV file, then to that of the corpus. A file whose path
/// differs in its Unicode form is found too. A name without folder is searched for in the folders below, which is noted as a warning.
/// </remarks>
internal sealed class ManifestAudio
{
    private readonly string manifest;
    private readonly string[] roots;
    private readonly ProblemTally problems;
    private readonly Dictionary<string, string> found = [];
    private readonly Dictionary<string, Dictionary<string, string>> listings = [];
    private ILookup<string, string>? byName;

    /// <param name="manifest">The CSV file.</param>
    /// <param name="audioRoot">The setting; empty: none.</param>
    /// <param name="folder">The folder of the corpus, or the CSV file.</param>
    /// <param name="problems">Receives a warning for the files that were searched for.</param>
    /// <exception cref="DirectoryNotFoundException">The audio root does not exist.</exception>
    public ManifestAudio(string manifest, string audioRoot, string folder, ProblemTally problems)
    {
        (this.manifest, this.problems) = (manifest, problems);
        string place = Path.GetDirectoryName(manifest) ?? "";
        if (audioRoot.Length > 0)
        {
            roots = [Path.Combine(place, audioRoot)];
            if (!Directory.Exists(roots[0]))
                throw new DirectoryNotFoundException($"Corpus.AudioRoot = '{audioRoot}': there is no folder {roots[0]}");
        }
        else
            roots = Directory.Exists(folder) && Path.GetFullPath(folder) != Path.GetFullPath(place) ? [place, folder] : [place];
    }

    /// <summary>The file of a path; where there is none, that in the first place searched, so that reading it reports the fault.</summary>
    /// <exception cref="InvalidDataException">Several files below the root have the name.</exception>
    public string Find(string path)
    {
        if (!found.TryGetValue(path, out string? file))
            found[path] = file = Search(path);
        return file;
    }

    private string Search(string path)
    {
        foreach (string root in roots)
            if (Path.Combine(root, path) is string file && File.Exists(file))
                return file;
        foreach (string root in roots)
            if (InOtherForm(root, path) is { } file)
                return file;
        if (!path.Contains('/', StringComparison.Ordinal) && Below(path) is { } below)
            return below;
        return Path.Combine(roots[0], path);
    }

    /// <summary>The file whose path is the same in composed form.</summary>
    private string? InOtherForm(string root, string path)
    {
        if (System.Text.Ascii.IsValid(path))
            return null;
        string at = root;
        foreach (string name in path.Split('/'))
        {
            if (name is "." or "..")
            {
                at = Path.Combine(at, name);
                continue;
            }
            if (!listings.TryGetValue(at, out Dictionary<string, string>? names))
                listings[at] = names = Listing(at);
            if (!names.TryGetValue(NormalForm.Compose(name), out string? actual))
                return null;
            at = Path.Combine(at, actual);
        }
        return File.Exists(at) ? at : null;
    }

    private string? Below(string name)
    {
        byName ??= AudioTree.Files(roots[0].Length == 0 ? "." : roots[0])
            .ToLookup(path => NormalForm.Compose(path[(path.LastIndexOf('/') + 1)..]));
        string[] files = [.. byName[NormalForm.Compose(name)]];
        if (files.Length == 0)
            return null;
        if (files.Length > 1)
            throw new InvalidDataException(
                $"{manifest}: names '{name}' without a folder, and there are {files.Length} such files: {files[0]}, {files[1]}"
                + $"{(files.Length > 2 ? ", …" : "")}; name the folder in the manifest, or set Corpus.AudioRoot");
        problems.Add(
            CorpusProblemKind.Warning, name, $"not where {Path.GetFileName(manifest)} names it: found by its name in a folder below");
        return Path.Combine(roots[0], files[0]);
    }

    private static Dictionary<string, string> Listing(string folder)
    {
        Dictionary<string, string> names = [];
        string place = folder.Length == 0 ? "." : folder;
        if (Directory.Exists(place))
            foreach (string path in Directory.EnumerateFileSystemEntries(place))
                names.TryAdd(NormalForm.Compose(Path.GetFileName(path)), Path.GetFileName(path));
        return names;
    }
}
