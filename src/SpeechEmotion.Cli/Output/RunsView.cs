using SpeechEmotion.Evaluation;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Training;
using Spectre.Console;

namespace SpeechEmotion.Cli.Output;

/// <summary>Progress of several runs: a line per epoch and finished run; on a terminal a bar per run replaces the epoch lines.</summary>
internal sealed class RunsView : IProgress<RunProgress>
{
    private readonly IAnsiConsole console;
    private readonly ProgressContext? bars;
    private readonly Dictionary<string, ProgressTask> tasks = [];
    private readonly Lock gate = new();
    private int all, finished, width;

    private RunsView(IAnsiConsole console, ProgressContext? bars) => (this.console, this.bars) = (console, bars);

    /// <summary>Shows the progress that the work reports, from any thread.</summary>
    public static T Run<T>(IAnsiConsole console, Func<IProgress<RunProgress>, T> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return work(new RunsView(console, null));
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => work(new RunsView(console, context)));
    }

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        lock (gate)
            Show(value);
    }

    private void Show(RunProgress value)
    {
        switch (value)
        {
            case StageAdvanced advanced when bars is not null:
                Bar(advanced.Stage, advanced.Done, advanced.Total, advanced.Stage);
                break;
            case ArithmeticChosen chosen:
                console.WriteLine($"cpu      {chosen.Level.Sentence}");
                break;
            case CorpusRead read:
                CorpusTables.WriteShort(console, read.Name, read.Corpus);
                break;
            case RunsStarted begun:
                (all, finished, width) = (begun.Names.Count, begun.Finished, begun.Names.Max(name => name.Length));
                string kept = finished == 0 ? "" : $", {finished} of them already finished";
                string how = begun.AtOnce switch
                {
                    0 => "in this process",
                    1 => "one process at a time",
                    _ => $"{begun.AtOnce} processes at once",
                };
                console.WriteLine($"{all} runs{kept}; {how}");
                break;
            case RunBegun begun when bars is not null:
                Bar(begun.Name, 0, begun.Epochs, $"{begun.Name}: corpus");
                break;
            case RunAdvanced { Message: { } message } advanced:
                if (bars is null)
                    Write(advanced.Name, message);
                else
                {
                    int epoch = Math.Min(message.Done + 1, message.Epochs);
                    Bar(advanced.Name, message.Done, message.Epochs, $"{advanced.Name}: epoch {epoch} of {message.Epochs}");
                }
                break;
            case RunFinished done:
                finished++;
                if (tasks.TryGetValue(done.Name, out ProgressTask? task))
                    task.StopTask();
                EvaluationReport report = done.Report;
                console.WriteLine(
                    $"{Name(done.Name)}  accuracy {Percent(report.Accuracy.Value)}, UAR {Percent(report.Uar.Value)} " +
                    $"on {report.Utterances.Counted:N0} utterances, {report.Seconds.GetValueOrDefault("total"):0.0} s; " +
                    $"{finished} of {all} finished");
                break;
        }
    }

    private void Bar(string name, int done, int total, string description)
    {
        if (!tasks.TryGetValue(name, out ProgressTask? task))
            tasks[name] = task = bars!.AddTask(description, maxValue: Math.Max(1, total));
        (task.MaxValue, task.Value, task.Description) = (Math.Max(1, total), done, description);
    }

    private void Write(string name, WorkerMessage message)
    {
        if (message.Row is not { } row)
        {
            if (message.Done > 0)
                console.WriteLine($"{Name(name)}  resumes after epoch {message.Done}");
            return;
        }
        string validation = row.ValidationUar is { } uar ? $", validation loss {row.ValidationLoss:0.000}, UAR {Percent(uar)}" : "";
        string training = $"loss {row.TrainLoss:0.000}, accuracy {Percent(row.TrainAccuracy)}";
        console.WriteLine($"{Name(name)}  {message.Done,3}/{message.Epochs,-3}  {training}{validation}, {row.Seconds:0.0} s");
    }

    private string Name(string name) => name.PadRight(width);

    private static string Percent(double share) => EvaluationTables.Percent(share);
}
