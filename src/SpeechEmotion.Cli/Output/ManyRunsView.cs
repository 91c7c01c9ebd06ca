using Spectre.Console;
using SpeechEmotion.Cli.Runs;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Output;

/// <summary>Several runs on the console: a line when one begins, for each epoch and when it is finished; on a terminal a bar for each instead of the epochs' lines.</summary>
internal sealed class ManyRunsView
{
    private readonly IAnsiConsole console;
    private readonly ProgressContext? bars;
    private readonly Dictionary<RunJob, ProgressTask> tasks = [];
    private readonly Lock turn = new();
    private readonly int all;
    private readonly int width;
    private int finished;

    private ManyRunsView(IAnsiConsole console, IReadOnlyList<RunJob> jobs, ProgressContext? bars)
    {
        (this.console, this.bars, all, width) = (console, bars, jobs.Count, jobs.Max(job => job.Name.Length));
    }

    /// <summary>Shows what the work reports, from any thread.</summary>
    public static void Run(IAnsiConsole console, IReadOnlyList<RunJob> jobs, Action<ManyRunsView> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            work(new ManyRunsView(console, jobs, null));
        else
            console.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
                .Start(context => work(new ManyRunsView(console, jobs, context)));
    }

    public void Begin(int toDo, int atOnce)
    {
        finished = all - toDo;
        string kept = finished == 0 ? "" : $", {finished} of them finished before";
        console.WriteLine($"{all} runs{kept}; {(atOnce == 1 ? "one process at a time" : $"{atOnce} processes at once")}");
    }

    public void Started(RunJob job)
    {
        lock (turn)
        {
            if (bars is not null)
                tasks[job] = bars.AddTask($"{job.Name}: corpus", maxValue: job.Settings.Training.Epochs);
        }
    }

    public void Progress(RunJob job, WorkerMessage message)
    {
        lock (turn)
        {
            if (bars is null)
                Write(job, message);
            else
                (tasks[job].MaxValue, tasks[job].Value, tasks[job].Description) = (message.Epochs, message.Done, $"{job.Name}: epoch {Math.Min(message.Done + 1, message.Epochs)} of {message.Epochs}");
        }
    }

    public void Finished(RunJob job)
    {
        EvaluationReport report = EvaluationReport.Load(job.Folder.ReportPath);
        lock (turn)
        {
            finished++;
            if (bars is not null)
                tasks[job].StopTask();
            console.WriteLine($"{Name(job)}  accuracy {Percent(report.Accuracy.Value)}, UAR {Percent(report.Uar.Value)} on {report.Utterances.Counted:N0} utterances, {report.Seconds.GetValueOrDefault("total"):0.0} s; {finished} of {all} finished");
        }
    }

    private void Write(RunJob job, WorkerMessage message)
    {
        if (message.Row is not { } row)
        {
            if (message.Done > 0)
                console.WriteLine($"{Name(job)}  goes on after epoch {message.Done}");
            return;
        }
        string validation = row.ValidationUar is { } uar ? $", validation loss {row.ValidationLoss:0.000}, UAR {Percent(uar)}" : "";
        console.WriteLine($"{Name(job)}  {message.Done,3}/{message.Epochs,-3}  loss {row.TrainLoss:0.000}, accuracy {Percent(row.TrainAccuracy)}{validation}, {row.Seconds:0.0} s");
    }

    private string Name(RunJob job) => job.Name.PadRight(width);

    private static string Percent(double share) => EvaluationTables.Percent(share);
}
