using System.Diagnostics;
using Spectre.Console;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Cli.Output;

/// <summary>Training on the console: one line an epoch, and on a terminal a bar with the time left below them.</summary>
internal sealed class TrainingView : ITrainingProgress
{
    private readonly IAnsiConsole console;
    private readonly RunSettings settings;
    private readonly ProgressTask? bar;
    private long started;
    private int epochs;
    private int stepsPerEpoch;
    private int firstEpoch;

    private TrainingView(IAnsiConsole console, RunSettings settings, ProgressTask? bar)
    {
        (this.console, this.settings, this.bar) = (console, settings, bar);
    }

    public static History Run(IAnsiConsole console, RunSettings settings, Func<ITrainingProgress, History> train)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return train(new TrainingView(console, settings, null));
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(context => train(new TrainingView(console, settings, context.AddTask("training"))));
    }

    public void Begin(long parameters, int epochs, int stepsPerEpoch, IReadOnlyList<HistoryRow> done)
    {
        this.epochs = epochs;
        this.stepsPerEpoch = stepsPerEpoch;
        firstEpoch = done.Count + 1;
        started = Stopwatch.GetTimestamp();
        if (bar is not null)
            bar.MaxValue = (double)epochs * stepsPerEpoch;
        string limit = epochs < settings.Training.Epochs ? $", not {settings.Training.Epochs}: Training.MaxSteps = {settings.Training.MaxSteps}" : "";
        console.WriteLine($"model    {KebabCase.From(settings.Model.Kind)}, {parameters:N0} parameters; {(epochs == 1 ? "1 epoch" : $"{epochs} epochs")} of {stepsPerEpoch} steps{limit}");
        console.WriteLine();
        console.WriteLine("    epoch     loss  val loss   accuracy  val acc.   val UAR     time    left");
        foreach (HistoryRow row in done)
            Write(row, "");
    }

    public void Step(int epoch, int step)
    {
        if (bar is null)
            return;
        bar.Value = ((double)(epoch - 1) * stepsPerEpoch) + step;
        bar.Description = $"epoch {epoch} of {epochs}, {Clock(Left((epoch - 1) + ((double)step / stepsPerEpoch)))} left";
    }

    public void Epoch(History history)
    {
        HistoryRow row = history.Rows[^1];
        bool stops = history.IsExhausted(settings.Training.Patience);
        Write(row, stops || row.Epoch == epochs ? "" : Clock(Left(row.Epoch)));
        if (stops)
            console.WriteLine($"no better validation result for {settings.Training.Patience} epochs: stopped");
    }

    private void Write(HistoryRow row, string left) => console.WriteLine(string.Concat(
        $"{row.Epoch,5}/{epochs,-4}",
        $"{row.TrainLoss,8:0.000}",
        $"{Number(row.ValidationLoss, "0.000"),10}",
        $"{100 * row.TrainAccuracy,9:0.0} %",
        $"{Percent(row.ValidationAccuracy),10}",
        $"{Percent(row.ValidationUar),10}",
        $"{row.Seconds,7:0.0} s",
        $"  {left,6}").TrimEnd());

    /// <summary>Seconds left, from the pace since the start of this process.</summary>
    private TimeSpan Left(double passed)
    {
        double done = passed - (firstEpoch - 1);
        return done <= 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(started) * ((epochs - passed) / done);
    }

    private static string Number(double? value, string format) => value?.ToString(format) ?? "–";

    private static string Percent(double? share) => share is { } value ? $"{100 * value:0.0} %" : "–";

    private static string Clock(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
}
