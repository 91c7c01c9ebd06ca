using Spectre.Console.Testing;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Cli.Output;

public class EvaluationTablesTests
{
    [TestCase(60, false)]
    [TestCase(80, true)]
    [TestCase(120, true)]
    public void Write_AnyWidth_KeepsARowAClass(int width, bool shares)
    {
        string[] lines = Written(width);
        Assert.That(lines.Select(line => line.TrimEnd().Length), Is.All.LessThanOrEqualTo(width));
        int at = Array.FindIndex(lines, line => line.Contains("True (rows)"));
        string[] rows = [.. lines.Skip(at).SkipWhile(line => !line.StartsWith('─')).Skip(1).TakeWhile(line => line.Trim().Length > 0)];
        EvaluationReport report = EvaluationReport.Load(Path.Combine(TrainedRun.Folder, "report.json"));
        Assert.That(rows.Select(row => row.Trim().Split(' ')[0]), Is.EqualTo(report.Labels));
        Assert.That(rows.Any(row => row.Contains('%')), Is.EqualTo(shares));
    }

    private static string[] Written(int width)
    {
        using var console = new TestConsole().Width(width);
        EvaluationTables.Write(console, EvaluationReport.Load(Path.Combine(TrainedRun.Folder, "report.json")));
        return console.Output.Split('\n');
    }
}
