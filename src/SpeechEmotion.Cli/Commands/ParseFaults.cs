using System.CommandLine;
using System.CommandLine.Parsing;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli.Commands;

/// <summary>The faults of a command line, one line each.</summary>
internal static class ParseFaults
{
    public static IReadOnlyList<string> Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] unmatched = [.. parsed.UnmatchedTokens, .. SwallowedOptions(parsed)];
        string[] options = [.. unmatched.Where(token => token.StartsWith('-'))];
        // Tokens after an unknown verb or option cannot be parsed, and the library's other messages only repeat the fault.
        string[] unknown = options.Length > 0 ? options : command is RootCommand ? [.. unmatched.Take(1)] : unmatched;
        IEnumerable<string> faults = unknown.Length > 0
            ? unknown.Distinct().Select(token => Unknown(token, command))
            : parsed.Errors.Select(error => string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        string help = command is RootCommand ? "speech-emotion --help" : $"speech-emotion {command.Name} --help";
        return [.. faults.Select(fault => $"speech-emotion: {fault.TrimEnd('.')}; see {help}")];
    }

    /// <summary>Mistyped options, which the library assigns to an argument; names of existing files are none.</summary>
    private static IEnumerable<string> SwallowedOptions(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(result => result.Tokens)
        .Select(token => token.Value)
        .Where(value => value.Length > 1 && value[0] == '-' && !Path.Exists(value));

    private static string Unknown(string token, Command command)
    {
        if (token.StartsWith('-'))
        {
            IEnumerable<string> names = command.Options.Where(option => !option.Hidden).Select(option => option.Name);
            return $"{token}: no such option{NearestName.Suggest(token, names)}";
        }
        return command is RootCommand
            ? $"{token}: no such verb{NearestName.Suggest(token, command.Subcommands.Select(verb => verb.Name))}"
            : $"{token}: one argument too many";
    }
}
