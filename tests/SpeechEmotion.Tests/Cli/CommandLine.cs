using Spectre.Console.Rendering;
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
        return Run(console, args, cancellation);
    }

    /// <summary>Interrupts the command when it prints a text that contains <paramref name="text"/>.</summary>
    public static CommandLine RunUntil(string text, params string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var console = new TestConsole().Width(200);
        console.Pipeline.Attach(new StopAt(text, stop));
        return Run(console, args, stop.Token);
    }

    private static CommandLine Run(TestConsole console, string[] args, CancellationToken cancellation)
    {
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

    private sealed class StopAt(string text, CancellationTokenSource stop) : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables)
        {
            IRenderable[] printed = [.. renderables];
            if (string.Concat(printed.SelectMany(one => one.Render(options, 200)).Select(segment => segment.Text))
                .Contains(text, StringComparison.Ordinal))
                stop.Cancel();
            return printed;
        }
    }
}
