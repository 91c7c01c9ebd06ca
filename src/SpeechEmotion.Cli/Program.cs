using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using Spectre.Console;
using SpeechEmotion.Cli.Commands;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli;

/// <summary>Entry point: runs a verb, turns an exception into one line on standard error and an exit code.</summary>
internal static class Program
{
    private const int RedirectedWidth = 1000;

    public static int Main(string[] args)
    {
        bool isLive = args.FirstOrDefault() == LiveCommand.Name;
        using var interrupted = new CancellationTokenSource();
        using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        // A closed terminal ends live as Ctrl-C does; other verbs may outlive it.
        using PosixSignalRegistration? onHangup = isLive ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop) : null;
        // A file or pipe has no width: no line is wrapped.
        if (Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = RedirectedWidth;
        return Run(args, AnsiConsole.Console, Console.Error, interrupted.Token);

        void Stop(PosixSignalContext signal)
        {
            // The second signal ends the process at once.
            signal.Cancel = !interrupted.IsCancellationRequested;
            if (signal.Cancel)
                Deadline.Start(isLive ? ExitCode.Done : ExitCode.Interrupted, Deadline.Grace);
            interrupted.Cancel();
        }
    }

    /// <summary>Runs one command line. Exit codes: 0 done, 1 failed, 2 invalid command line or config, 130 interrupted.</summary>
    public static int Run(string[] args, IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        (console, errors) = (new PrintableConsole(console), new PrintableWriter(errors));
        ParseResult parsed = Root(console, errors, cancellation).Parse(args);
        if (ParseFaults.Describe(parsed) is { Count: > 0 } faults && parsed.Action is not HelpWithExamples)
        {
            foreach (string fault in faults)
                errors.WriteLine(fault);
            return ExitCode.WrongCommand;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = console.Profile.Out.Writer,
                Error = errors,
            });
        }
        catch (SettingsException fault)
        {
            errors.WriteLine(fault.Message);
            return ExitCode.WrongCommand;
        }
        catch (OperationCanceledException fault)
        {
            errors.WriteLine(fault is RunInterruptedException ? fault.Message : "interrupted");
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (fault
            is IOException
            or InvalidDataException
            or UnauthorizedAccessException
            or ArithmeticException
            or ArgumentException
            or NotSupportedException)
        {
            errors.WriteLine(fault.Message.ReplaceLineEndings(" "));
            return ExitCode.Failed;
        }
        catch (Exception fault) when (Environment.GetEnvironmentVariable("SPEECH_EMOTION_TRACE") is null)
        {
            string message = fault.Message.ReplaceLineEndings(" ");
            errors.WriteLine($"unexpected {fault.GetType().Name}: {message} (SPEECH_EMOTION_TRACE=1 shows the stack trace)");
            return ExitCode.Failed;
        }
    }

    /// <summary>The root command with all verbs.</summary>
    internal static RootCommand Root(IAnsiConsole console, TextWriter errors, CancellationToken cancellation)
    {
        var root = new RootCommand("Recognises emotions in speech.")
        {
            TrainCommand.Create(console, cancellation),
            CrossvalCommand.Create(console, cancellation),
            EvaluateCommand.Create(console, cancellation),
            PredictCommand.Create(console, errors, cancellation),
            LiveCommand.Create(console, errors, cancellation),
            DevicesCommand.Create(console, cancellation),
            CorpusCommand.Create(console, cancellation),
            FeaturesCommand.Create(console, errors, cancellation),
            InfoCommand.Create(console),
            RunWorkerCommand.Create(console, cancellation),
        };
        root.HelpName = "speech-emotion";
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        return root;
    }
}
