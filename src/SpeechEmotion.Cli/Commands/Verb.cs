using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SpeechEmotion.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Example command lines.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;
}

/// <summary>Prints the library's help, then the verb's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in verb.Examples)
                output.WriteLine($"  {example}");
            output.WriteLine();
        }
        return code;
    }
}
