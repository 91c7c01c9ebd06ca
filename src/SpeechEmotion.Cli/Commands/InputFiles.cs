using SpeechEmotion.Audio;

namespace SpeechEmotion.Cli.Commands;

/// <summary>INPUT… → files: files as they are, folders with all that is below them, patterns with what they match.</summary>
internal static class InputFiles
{
    /// <exception cref="FileNotFoundException">An input names nothing.</exception>
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
                files.AddRange(Audio(Path.GetDirectoryName(input) is { Length: > 0 } folder ? folder : ".", Path.GetFileName(input), SearchOption.TopDirectoryOnly, input));
            else
                throw new FileNotFoundException($"{input}: no such file or folder");
        }
        return files;
    }

    private static string[] Audio(string folder, string pattern, SearchOption depth, string input)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = depth == SearchOption.AllDirectories, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        string[] found = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, pattern, options).Where(file => AudioExtensions.Contains(file)).Order(StringComparer.Ordinal)]
            : [];
        return found.Length > 0 ? found : throw new FileNotFoundException($"{input}: no audio files there");
    }
}
