using System.CommandLine;
using SpeechEmotion.Pipeline;
using Spectre.Console;

namespace SpeechEmotion.Cli.Commands;

/// <summary>
/// <c>run-worker</c>: one run in a worker process of a cross-validation. The random state of libtorch is per process, so parallel
/// runs need one process each. The worker ends when its standard input closes, so it never outlives its parent.
/// </summary>
internal static class RunWorkerCommand
{
    private const string Name = "run-worker";

    /// <summary>The command line that starts a worker: this program's own executable, or <c>dotnet</c> with its assembly.</summary>
    public static IReadOnlyList<string> CommandLine()
    {
        System.Reflection.Assembly program = typeof(RunWorkerCommand).Assembly;
        // Assembly.Location is empty in a single-file build, where the process is the executable itself.
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
        var command = new Command(Name, "Runs one of several runs for its parent process.") { path, common.Data, common.NoCache };
        command.Hidden = true;
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            StopAtEndOfInput(orphaned);
            string folder = parsed.GetRequiredValue(path);
            // The command that repeats this run alone.
            string[] train = ["train", Path.Combine(folder, "config.json"), .. parsed.Tokens.Skip(2).Select(token => token.Value)];
            RunOptions options = common.RunOptions(parsed, resume: true) with { Command = CommonOptions.CommandLine(train) };
            TrainingRun.Resume(folder, options, WorkerMessage.To(console.Profile.Out.Writer), orphaned.Token);
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
                // The run has already ended.
            }
        })
        { IsBackground = true };
        reader.Start();
    }
}
