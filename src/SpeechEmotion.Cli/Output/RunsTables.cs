using Spectre.Console;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints the metrics of several runs with mean and standard deviation.</summary>
internal static class RunsTables
{
    /// <summary>Maximum number of runs with a row each; above it only the spread is printed.</summary>
    private const int RunsShown = 40;

    /// <summary>The pooled report and the runs behind it.</summary>
    public static void WriteResult(IAnsiConsole console, EvaluationReport report, string folder)
    {
        console.WriteLine();
        console.WriteLine(report.Protocol.Sentence);
        EvaluationTables.Write(console, report);
        Write(console, report.Runs!);
        int count = report.Runs!.Folds?.Count ?? report.Runs.Seeds?.Count ?? 1;
        console.WriteLine(
            $"written to {folder}: report.json, predictions.csv, confusion.png and {count} run folders; " +
            EvaluationTables.Seconds(report.Seconds));
    }

    public static void Write(IAnsiConsole console, PooledRuns runs)
    {
        if (runs is { Folds: { } folds, OverFolds: { } overFolds })
            console.Write(Table("By fold", folds, overFolds));
        if (runs is { Seeds: { } seeds, OverSeeds: { } overSeeds })
            console.Write(Table("By seed", seeds, overSeeds));
    }

    private static Table Table(string title, IReadOnlyList<RunMetrics> runs, MetricSpreads spreads)
    {
        Table table = EvaluationTables.New(title);
        table.AddColumn("");
        foreach (string column in new[] { "accuracy", "UAR", "macro F1", "utterances", "training" })
            table.AddColumn(EvaluationTables.Right(column));
        foreach (RunMetrics run in runs.Count <= RunsShown ? runs : [])
            table.AddRow(
                Markup.Escape(run.Name),
                Percent(run.Accuracy),
                Percent(run.Uar),
                Percent(run.MacroF1),
                $"{run.Utterances:N0}",
                $"{run.TrainingSeconds:0.0} s");
        table.AddRow("[bold]mean ± standard deviation[/]", Range(spreads.Accuracy), Range(spreads.Uar), Range(spreads.MacroF1), "", "");
        table.AddRow("lowest", Percent(spreads.Accuracy.Min), Percent(spreads.Uar.Min), Percent(spreads.MacroF1.Min), "", "");
        return table;
    }

    private static string Range(Spread spread) => $"[bold]{100 * spread.Mean:0.00} ± {100 * spread.StandardDeviation:0.00} %[/]";

    private static string Percent(double share) => EvaluationTables.Percent(share, 2);
}
