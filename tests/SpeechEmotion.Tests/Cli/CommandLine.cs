using Spectre.Console.Testing;
using SpeechEmotion.Cli;

namespace SpeechEmotion.Tests.Cli;

/// <summary>One command line run inside this process, and its output.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">The text on stdout.</param>
/// <param name="Errors">The lines on stderr.</param>
internal sealed record CommandLine(int Code, string Output, string[] Errors)
{
    public static CommandLine Run(params string[] args) => Run(CancellationToken.None, args);

    public static CommandLine Run(CancellationToken cancellation, params string[] args)
    {
        using var console = new TestConsole().Width(200);
        using var errors = new StringWriter();
        int code = Program.Run(args, console, errors, cancellation);
        return new CommandLine(code, console.Output, errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Fails with the output when the exit code is another one.</summary>
    public CommandLine Expect(int code)
    {
        Assert.That(Code, Is.EqualTo(code), $"{Output}\n{string.Join('\n', Errors)}");
        return this;
    }

    /// <summary>The only line on stderr, for a command line that failed with a code.</summary>
    public string OnlyError(int code)
    {
        Expect(code);
        Assert.That(Errors, Has.Length.EqualTo(1), string.Join('\n', Errors));
        return Errors[0];
    }
}
