using System.Diagnostics;
using SpeechEmotion.Corpora.Splitting;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Pipeline;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using Spectre.Console;

namespace SpeechEmotion.Cli.Output;

/// <summary>Progress of one run: a line per stage and epoch, and on a terminal a bar with the time left below.</summary>
internal sealed class RunView : IProgress<RunProgress>
{
    private readonly IAnsiConsole console;
    private readonly RunSettings? settings;
    private readonly ProgressContext? bars;
    private readonly Lock gate = new();
    private ProgressTask? bar;
    private string stage = "";
    private TrainingStarted training = new(0, 0, 1, []);
    private long started;

    private RunView(IAnsiConsole console, RunSettings? settings, ProgressContext? bars) =>
        (this.console, this.settings, this.bars) = (console, settings, bars);

    /// <summary>Shows the progress that the work reports.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="settings">Settings of the run; null without training.</param>
    /// <param name="work">Does the work.</param>
    public static T Run<T>(IAnsiConsole console, RunSettings? settings, Func<IProgress<RunProgress>, T> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return work(new RunView(console, settings, null));
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => work(new RunView(console, settings, context)));
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
            case StageAdvanced advanced:
                Advance(advanced.Stage, advanced.Done, advanced.Total);
                break;
            case ArithmeticChosen chosen:
                console.WriteLine($"cpu      {chosen.Level.Sentence}");
                break;
            case CorpusRead read:
                if (read.Extraction is { } extraction)
                    CorpusTables.WriteSpeed(console, extraction);
                CorpusTables.WriteShort(console, read.Name, read.Corpus);
                break;
            case SplitDrawn drawn:
                Write(drawn.Split, drawn.Protocol);
                break;
            case TrainingStarted begun:
                Begin(begun);
                break;
            case StepDone step:
                double passed = (step.Epoch - 1) + ((double)step.Step / training.StepsPerEpoch);
                Advance($"epoch {step.Epoch} of {training.Epochs}, {Clock(Left(passed))} left",
                    ((step.Epoch - 1) * training.StepsPerEpoch) + step.Step, training.Epochs * training.StepsPerEpoch);
                break;
            case EpochDone done:
                Write(done.Row, done.Stops || done.Row.Epoch == training.Epochs ? "" : Clock(Left(done.Row.Epoch)));
                if (done.Stops)
                    console.WriteLine($"no better validation result for {settings!.Training.Patience} epochs: stopped");
                break;
        }
    }

    private void Advance(string description, int done, int total)
    {
        if (bars is null)
            return;
        // One bar at a time; all training steps are one stage.
        string name = description.Split(' ')[0];
        if (bar is null || name != stage)
        {
            bar?.StopTask();
            bar = bars.AddTask(description, maxValue: Math.Max(1, total));
            stage = name;
        }
        (bar.MaxValue, bar.Value, bar.Description) = (Math.Max(1, total), done, description);
    }

    private void Write(CorpusSplit split, Protocol protocol)
    {
        string parts = string.Join(", ", Enum.GetValues<Corpora.Part>()
            .Select(part => $"{split.IndicesOf(part).Count:N0} {part.ToString().ToLowerInvariant()}"));
        console.WriteLine($"split    {parts}. {protocol.Sentence}");
        foreach (string note in split.Notes)
            console.WriteLine($"         note: {note}");
    }

    private void Begin(TrainingStarted begun)
    {
        training = begun;
        started = Stopwatch.GetTimestamp();
        string limit = begun.Epochs < settings!.Training.Epochs
            ? $", not {settings.Training.Epochs}: Training.MaxSteps = {settings.Training.MaxSteps}" : "";
        string epochs = begun.Epochs == 1 ? "1 epoch" : $"{begun.Epochs} epochs";
        string model = $"{KebabCase.From(settings.Model.Kind)}, {begun.Parameters:N0} parameters";
        console.WriteLine($"model    {model}; {epochs} of {begun.StepsPerEpoch} steps{limit}");
        console.WriteLine();
        console.WriteLine("    epoch     loss  val loss   accuracy  val acc.   val UAR     time    left");
        foreach (HistoryRow row in begun.Done)
            Write(row, "");
    }

    private void Write(HistoryRow row, string left) => console.WriteLine(string.Concat(
        $"{row.Epoch,5}/{training.Epochs,-4}",
        $"{row.TrainLoss,8:0.000}",
        $"{Number(row.ValidationLoss, "0.000"),10}",
        $"{100 * row.TrainAccuracy,9:0.0} %",
        $"{Percent(row.ValidationAccuracy),10}",
        $"{Percent(row.ValidationUar),10}",
        $"{row.Seconds,7:0.0} s",
        $"  {left,6}").TrimEnd());

    /// <summary>Time left, from the pace since the start of this process.</summary>
    private TimeSpan Left(double passed)
    {
        double done = passed - training.Done.Count;
        return done <= 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started) * ((training.Epochs - passed) / done);
    }

    private static string Number(double? value, string format) => value?.ToString(format) ?? "–";

    private static string Percent(double? share) => share is { } value ? $"{100 * value:0.0} %" : "–";

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
}
