using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Commands;

/// <summary>INPUT… → files: a file as it is, a folder's audio files at any depth, the audio files that match a pattern.</summary>
internal static class InputFiles
{
    /// <exception cref="FileNotFoundException">An input does not exist or contains no audio files.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> inputs)
    {
        var files = new List<string>();
        foreach (string input in inputs)
        {
            if (File.Exists(input))
                files.Add(input);
            else if (Directory.Exists(input))
                files.AddRange(Audio(input, "*", SearchOption.AllDirectories, input));
            else if (input.AsSpan().IndexOfAny('*', '?') >= 0)
            {
                string folder = Path.GetDirectoryName(input) is { Length: > 0 } parent ? parent : ".";
                files.AddRange(Audio(folder, Path.GetFileName(input), SearchOption.TopDirectoryOnly, input));
            }
            else
                throw new FileNotFoundException($"{input}: no such file or folder");
        }
        return files;
    }

    private static string[] Audio(string folder, string pattern, SearchOption depth, string input)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = depth == SearchOption.AllDirectories,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint,
        };
        IEnumerable<string> all = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, options) : [];
        string[] found = [.. all.Where(file => AudioExtensions.Contains(file)).Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found : throw new FileNotFoundException($"{input}: no audio files there");
    }
}
