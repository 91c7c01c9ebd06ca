using System.CommandLine;
using SpeechEmotion.Pipeline;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary>
/// One run in a process of its own, started by a cross-validation: the random state of libtorch belongs to a process, so runs side by
/// side need one each. It lives as long as its standard input is open, so it never outlives the process that started it.
/// </summary>
internal static class RunWorkerCommand
{
    private const string Name = "run-worker";

    /// <summary>The command line that starts a worker: this program's own executable, or <c>dotnet</c> with its assembly.</summary>
    public static IReadOnlyList<string> CommandLine()
    {
        System.Reflection.Assembly program = typeof(RunWorkerCommand).Assembly;
        // Not Assembly.Location, which is empty in a single file; there the process is the executable itself.
        string assembly = Path.Combine(AppContext.BaseDirectory, program.GetName().Name + ".dll");
        string host = Environment.ProcessPath ?? "dotnet";
        if (Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            return [host, assembly, Name];
        return System.Reflection.Assembly.GetEntryAssembly() == program ? [host, Name] : ["dotnet", assembly, Name];
    }

    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var path = new Argument<string>("FOLDER") { Description = "Run folder with its config.json" };
        var command = new Command(Name, "One of several runs, for the process that started it.") { path, common.Data, common.NoCache };
        command.Hidden = true;
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            StopAtEndOfInput(orphaned);
            string folder = parsed.GetRequiredValue(path);
            TrainingRun.Resume(folder, common.RunOptions(parsed, resume: true), WorkerMessage.To(console.Profile.Out.Writer), orphaned.Token);
            return ExitCode.Done;
        });
        return command;
    }

    private static void StopAtEndOfInput(CancellationTokenSource source)
    {
        var reader = new Thread(() =>
        {
            using Stream input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }
            Deadline.Start(ExitCode.Interrupted, Deadline.WorkerGrace);
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The run has ended in the meantime.
            }
        })
        { IsBackground = true };
        reader.Start();
    }
}
