using Spectre.Console;

namespace SpeechEmotion.Cli.Output;

/// <summary>A progress bar while work of known size runs; nothing if the output is not a terminal.</summary>
internal static class ProgressBar
{
    /// <param name="console">Where it is drawn.</param>
    /// <param name="title">Description of the work.</param>
    /// <param name="total">Size of the work.</param>
    /// <param name="work">Does the work and reports the amount done.</param>
    public static T Run<T>(IAnsiConsole console, string title, int total, Func<IProgress<int>, T> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return work(new Sink(_ => { }));
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(title, maxValue: Math.Max(1, total));
                return work(new Sink(done => task.Value = done));
            });
    }

    /// <summary>Reports synchronously on the calling thread.</summary>
    private sealed class Sink(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
