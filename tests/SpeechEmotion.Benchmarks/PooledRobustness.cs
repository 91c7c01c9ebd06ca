using System.Globalization;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Benchmarks;

/// <summary><c>robustness REPORT…</c>: the robustness of several reports with equal labels, pooled, as a Markdown table.</summary>
internal static class PooledRobustness
{
    public static int Run(string[] paths)
    {
        EvaluationReport[] reports = [.. paths.Select(EvaluationReport.Load)];
        IReadOnlyList<string> labels = reports[0].Labels;
        RobustnessMetrics[] all = [.. reports.SelectMany(report => report.Robustness
            ?? throw new InvalidDataException($"{report.Name}: measured without --robustness"))];
        Console.WriteLine("| condition | UAR | accuracy | same | lost | gained | mean confidence |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        EvaluationReport[] weighted = [.. reports.SelectMany(report => Enumerable.Repeat(report, report.Utterances.Counted))];
        Console.WriteLine(Row("as recorded", Uar(labels, reports.Select(report => report.Confusion)),
            weighted.Average(report => report.Accuracy.Value), null, null, null,
            weighted.Average(report => report.Robustness!.First(each => each.Clean is not null).Clean!.MeanConfidence)));
        foreach (IGrouping<string, RobustnessMetrics> each in all.GroupBy(metrics => metrics.Condition))
        {
            double? Mean(Func<RobustnessMetrics, double?> value) =>
                each.Sum(metrics => metrics.Utterances * value(metrics)) / each.Sum(metrics => metrics.Utterances);
            Console.WriteLine(each.Any(metrics => metrics.Skipped is not null)
                ? $"| {each.Key} | skipped | | | | | |"
                : Row(each.Key, Uar(labels, each.Select(metrics => metrics.Confusion!)), Mean(metrics => metrics.Accuracy),
                    Mean(metrics => metrics.Unchanged), Mean(metrics => metrics.Lost), Mean(metrics => metrics.Gained),
                    Mean(metrics => metrics.MeanConfidence)));
        }
        return 0;
    }

    private static double Uar(IReadOnlyList<string> labels, IEnumerable<IReadOnlyList<IReadOnlyList<int>>> counts)
    {
        int[][] sum = [.. labels.Select(_ => new int[labels.Count])];
        foreach (IReadOnlyList<IReadOnlyList<int>> matrix in counts)
            for (int row = 0; row < labels.Count; row++)
                for (int column = 0; column < labels.Count; column++)
                    sum[row][column] += matrix[row][column];
        return ConfusionMatrix.From(labels, sum).Scores.Uar;
    }

    private static string Row(string name, params double?[] shares) =>
        $"| {name} | {string.Join(" | ", shares.Select(share => share is { } value
            ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : ""))} |";
}
