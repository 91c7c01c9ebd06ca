using System.CommandLine;
using Spectre.Console;
using SpeechEmotion.Cli.Runs;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Cli.Commands;

/// <summary>
/// One run in a process of its own, started by <see cref="RunWorkers"/>: torch's random state belongs to a process, so runs side
/// by side need one each. It lives as long as its standard input is open, so it never outlives who started it.
/// </summary>
internal static class RunWorkerCommand
{
    public const string Verb = "run-worker";

    public static Command Create(IAnsiConsole console, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var path = new Argument<string>("FOLDER") { Description = "Run folder with its config.json" };
        var command = new Command(Verb, "One of several runs, for the process that started it.") { path, common.Data, common.NoCache };
        command.Hidden = true;
        common.AddRunTo(command);
        command.SetAction(parsed =>
        {
            using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            StopAtEndOfInput(orphaned);
            using var folder = new RunFolder(parsed.GetRequiredValue(path));
            RunSettings settings = SettingsFile.Load(folder.ConfigPath);
            (int threads, Device device) = common.Apply(parsed);
            Checkpoint? resumed = folder.Open(settings, resume: true);
            IAnsiConsole quiet = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
            TrainCommand.Train(settings, parsed.GetValue(common.Data), folder, resumed, threads, device, common.Cache(parsed, settings.Features), quiet,
                train => train(new Messages(console.Profile.Out.Writer)), orphaned.Token);
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

    private sealed class Messages(TextWriter writer) : ITrainingProgress
    {
        private int epochs;

        public void Begin(long parameters, int epochs, int stepsPerEpoch, IReadOnlyList<HistoryRow> done)
        {
            this.epochs = epochs;
            Write(new WorkerMessage(epochs, done.Count, null));
        }

        public void Step(int epoch, int step)
        {
        }

        public void Epoch(History history) => Write(new WorkerMessage(epochs, history.Rows.Count, history.Rows[^1]));

        private void Write(WorkerMessage message)
        {
            writer.WriteLine(message.ToLine());
            writer.Flush();
        }
    }
}
