using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Commands;

/// <summary>INPUT… → files: a file as it is, a folder's audio files at any depth, the audio files that match a pattern.</summary>
internal static class InputFiles
{
    /// <summary>The files of all inputs, in order. Links in folders are followed as <see cref="AudioTree"/> does.</summary>
    /// <param name="inputs">Files, folders, patterns.</param>
    /// <param name="errors">Receives a line for each link or subfolder that is not followed.</param>
    /// <exception cref="FileNotFoundException">An input does not exist or contains no audio files.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> inputs, TextWriter errors)
    {
        var files = new List<string>();
        foreach (string input in inputs)
        {
            if (File.Exists(input))
                files.Add(input);
            else if (Directory.Exists(input))
                files.AddRange(Found(input, AudioTree.Files(input, entry => errors.WriteLine($"{Below(input, entry.Path)}: {entry.Reason}"))
                    .Select(file => Below(input, file))));
            else if (input.AsSpan().IndexOfAny('*', '?') >= 0)
                files.AddRange(Found(input, Matching(input)));
            else
                throw new FileNotFoundException($"{input}: no such file or folder");
        }
        return files;
    }

    private static IEnumerable<string> Matching(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } parent ? parent : ".";
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden };
        IEnumerable<string> all = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Path.GetFileName(pattern), options) : [];
        return all.Where(AudioExtensions.Contains).Order(StringComparer.Ordinal);
    }

    private static string Below(string folder, string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));

    private static string[] Found(string input, IEnumerable<string> files)
    {
        string[] found = [.. files];
        return found.Length > 0 ? found : throw new FileNotFoundException($"{input}: no audio files there");
    }
}
