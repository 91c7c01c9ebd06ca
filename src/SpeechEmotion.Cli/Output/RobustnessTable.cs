using Spectre.Console;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints the metrics under each recording condition below those as recorded.</summary>
internal static class RobustnessTable
{
    /// <summary>Smallest width of a terminal on which the interval has a column.</summary>
    private const int WidthWithInterval = 80;

    public static void Write(IAnsiConsole console, IReadOnlyList<RobustnessMetrics> conditions)
    {
        bool interval = console.Profile.Width >= WidthWithInterval;
        Table table = EvaluationTables.New("Robustness, without enrolment");
        table.AddColumn(new TableColumn("condition").NoWrap()).AddColumn(EvaluationTables.Right("UAR"));
        if (interval)
            table.AddColumn(EvaluationTables.Right("95 % interval"));
        table.AddColumn(EvaluationTables.Right("accuracy")).AddColumn(EvaluationTables.Right("same"))
            .AddColumn(EvaluationTables.Right("confidence"));
        // One space less between columns, so that every row fits 60 columns without the interval and 80 with it.
        foreach (TableColumn column in table.Columns)
            column.PadLeft(0);
        if (conditions.FirstOrDefault(each => each.Clean is not null)?.Clean is { } clean)
            Add(table, interval, "as recorded", clean.Uar, clean.Accuracy, null, clean.MeanConfidence);
        foreach (RobustnessMetrics metrics in conditions)
        {
            if (metrics.Skipped is null)
                Add(table, interval, metrics.Condition, metrics.Uar!, metrics.Accuracy, metrics.Unchanged, metrics.MeanConfidence);
            else
                table.AddRow(Markup.Escape(metrics.Condition), "skipped");
        }
        console.Write(table);
        console.WriteLine("same: share of utterances with the same predicted emotion as recorded");
        foreach (IGrouping<string, RobustnessMetrics> reason in conditions.Where(each => each.Skipped is not null)
            .GroupBy(each => each.Skipped!))
            console.WriteLine($"skipped {string.Join(", ", reason.Select(each => each.Condition))}: {reason.Key}");
        console.WriteLine();
    }

    private static void Add(
        Table table, bool interval, string name, Estimate uar, double? accuracy, double? unchanged, double? confidence)
    {
        List<string> row = [Markup.Escape(name), EvaluationTables.Percent(uar.Value)];
        if (interval)
            row.Add(EvaluationTables.Range(uar.Ci95));
        row.AddRange([Share(accuracy), Share(unchanged), Share(confidence)]);
        table.AddRow([.. row]);
    }

    private static string Share(double? value) => value is { } share ? EvaluationTables.Percent(share) : "";
}
