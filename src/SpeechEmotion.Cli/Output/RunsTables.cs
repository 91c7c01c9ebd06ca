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
            console.Write(folds.All(fold => fold.Corpus is not null) ? Corpora(folds, overFolds) : Table("By fold", folds, overFolds));
        if (runs is { Seeds: { } seeds, OverSeeds: { } overSeeds })
            console.Write(Table("By seed", seeds, overSeeds));
    }

    /// <summary>The folds of a split by corpus, each with the corpus on which it was tested.</summary>
    private static Table Corpora(IReadOnlyList<RunMetrics> runs, MetricSpreads spreads)
    {
        int[] enrolled = [.. spreads.EnrolledUar?.Keys.Order() ?? Enumerable.Empty<int>()];
        Table table = EvaluationTables.New("By corpus, trained on the others");
        table.AddColumn("");
        foreach (string column in (string[])["UAR", .. enrolled.Select(seconds => $"{seconds} s"), "debiased ECE", "n"])
            table.AddColumn(EvaluationTables.Right(column));
        foreach (RunMetrics run in runs.Count <= RunsShown ? runs : [])
            table.AddRow([
                Markup.Escape(run.Corpus!), Percent(run.Uar), .. enrolled.Select(seconds => Percent(run.EnrolledUar![seconds])),
                run.EceDebiased is { } error ? Percent(error) : "", $"{run.Utterances:N0}"]);
        table.AddRow([
            "[bold]mean[/]", Mean(spreads.Uar), .. enrolled.Select(seconds => Mean(spreads.EnrolledUar![seconds])),
            spreads.EceDebiased is { } mean ? Mean(mean) : "", ""]);
        return table.Caption("UAR without enrolment and after seconds of it; a corpus counts as much as another");

        static string Mean(Spread spread) => $"[bold]{Percent(spread.Mean)}[/]";
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
