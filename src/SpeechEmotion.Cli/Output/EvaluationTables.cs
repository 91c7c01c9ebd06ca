using Spectre.Console;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Cli.Output;

/// <summary>Prints an evaluation report: metrics with intervals, confusion matrix, metrics per emotion and per speaker.</summary>
internal static class EvaluationTables
{
    /// <summary>Maximum number of speakers with a row each; above it only the worst, median and best are printed.</summary>
    private const int SpeakersShown = 12;

    /// <summary>Columns of a count with its share, spacing included.</summary>
    private const int SharesWidth = 9;

    public static void Write(IAnsiConsole console, EvaluationReport report)
    {
        console.WriteLine();
        WriteMetrics(console, report);
        if (report.Enrolled is { } enrolled)
            WriteEnrolled(console, report, enrolled);
        WriteCalibration(console, report);
        console.Write(Confusion(report, console.Profile.Width));
        console.Write(Classes(report));
        if (report.PerSpeaker.Count > 0)
            console.Write(Speakers(report));
        if (report.Utterances.LeftOut > 0)
        {
            string labels = string.Join(", ", report.Utterances.LeftOutByLabel.Select(pair => $"{pair.Key} {pair.Value:N0}"));
            console.WriteLine($"left out: {report.Utterances.LeftOut:N0} utterances whose emotion the model does not know ({labels})");
        }
    }

    private static void WriteMetrics(IAnsiConsole console, EvaluationReport report)
    {
        Table table = New($"Test: {report.Utterances.Counted:N0} utterances; 95 % intervals");
        table.AddColumn("").AddColumn(Right("value"));
        AddIntervals(table, report);
        foreach ((string name, Estimate estimate) in
            new[] { ("accuracy", report.Accuracy), ("UAR", report.Uar), ("macro F1", report.MacroF1) })
            table.AddRow([name, Percent(estimate.Value, 2), .. Intervals(report, estimate, Range)]);
        console.Write(table);
        if (report.Chance is { } chance)
            console.WriteLine($"chance: UAR {Percent(chance.Uar)}, accuracy {Percent(chance.Accuracy)}, by one label for every utterance");
        console.WriteLine(report.DescribeIntervals());
        if (report.DescribeAbsentLabels() is { Length: > 0 } absent)
            console.WriteLine(absent);
        console.WriteLine();
    }

    /// <summary>A table of its own: the condition differs from the metrics above.</summary>
    private static void WriteEnrolled(IAnsiConsole console, EvaluationReport report, IReadOnlyList<EnrolledMetrics> enrolled)
    {
        Table table = New("After enrolment of the speaker, without labels");
        table.AddColumn("enrolment").AddColumn(Right("UAR"));
        AddIntervals(table, report);
        table.AddColumn(Right("accuracy"));
        AddRow("none", report.Uar, report.Accuracy);
        foreach (EnrolledMetrics metrics in enrolled)
            AddRow($"{metrics.Seconds} s", metrics.Uar, metrics.Accuracy);
        console.Write(table);

        void AddRow(string name, Estimate uar, Estimate accuracy) =>
            table.AddRow([name, Percent(uar.Value, 2), .. Intervals(report, uar, Range), Percent(accuracy.Value, 2)]);
    }

    private static void WriteCalibration(IAnsiConsole console, EvaluationReport report)
    {
        Table errors = New("Calibration: expected calibration error (ECE)");
        errors.AddColumn("enrolment").AddColumn(Right("ECE")).AddColumn(Right("by chance")).AddColumn(Right("debiased"))
            .AddColumn(Right("95 % interval")).AddColumn(Right("best T"));
        Table scores = New("Brier score, 0 to 2; 95 % intervals");
        scores.AddColumn("enrolment").AddColumn(Right("Brier"));
        AddIntervals(scores, report);
        Add("none", report.Calibration);
        foreach (EnrolledMetrics metrics in report.Enrolled ?? [])
            Add($"{metrics.Seconds} s", metrics.Calibration);
        console.Write(errors);
        console.WriteLine("by chance: ECE of a calibrated model with these confidences; interval of the debiased ECE over utterances: "
            + $"{report.IntervalMethods.EceDebiased}; best T: the temperature that would calibrate these confidences best");
        console.WriteLine();
        console.Write(scores);

        void Add(string name, Calibration calibration)
        {
            errors.AddRow(
                name, Percent(calibration.Ece), Percent(calibration.EceIfCalibrated), Percent(calibration.EceDebiased.Value),
                Range(calibration.EceDebiased.Ci95), $"{calibration.Temperature:0.00}");
            scores.AddRow([name, $"{calibration.Brier.Value:0.000}", .. Intervals(report, calibration.Brier,
                interval => $"{interval.Low:0.000} – {interval.High:0.000}")]);
        }
    }

    private static void AddIntervals(Table table, EvaluationReport report)
    {
        if (report.Accuracy.Ci95Speakers is not null)
            table.AddColumn(Right("over speakers"));
        table.AddColumn(Right("over utterances"));
    }

    /// <summary>The cells of the columns of <see cref="AddIntervals"/>.</summary>
    private static string[] Intervals(EvaluationReport report, Estimate estimate, Func<Interval, string> format)
    {
        string utterances = format(estimate.Ci95);
        return report.Accuracy.Ci95Speakers is null
            ? [utterances]
            : [estimate.Ci95Speakers is { } speakers ? format(speakers) : "", utterances];
    }

    /// <summary>Shares stand beside the counts where there is room for them; headers get shorter as the terminal gets narrower.</summary>
    private static Table Confusion(EvaluationReport report, int width)
    {
        int cell = (width - 3 - report.Labels.Max(label => label.Length)) / report.Labels.Count;
        bool shares = cell >= SharesWidth;
        Table table = New(shares ? "True (rows) taken for (columns): count and share of the row" : "True (rows) taken for (columns)");
        table.AddColumn(new TableColumn("").NoWrap());
        foreach (string label in report.Labels)
            table.AddColumn(Right(Short(label, Math.Clamp(cell - 2, 3, 9))));
        ConfusionMatrix matrix = report.Matrix;
        for (int truth = 0; truth < report.Labels.Count; truth++)
        {
            List<string> row = [Markup.Escape(report.Labels[truth])];
            for (int predicted = 0; predicted < report.Labels.Count; predicted++)
            {
                string text = matrix[truth, predicted] == 0 ? "·"
                    : shares ? $"{matrix[truth, predicted]} {100 * matrix.RowShare(truth, predicted):0}%" : $"{matrix[truth, predicted]}";
                row.Add(truth == predicted ? $"[bold]{text}[/]" : text);
            }
            table.AddRow([.. row]);
        }
        return table;
    }

    private static Table Classes(EvaluationReport report)
    {
        Table table = New("By emotion");
        table.AddColumn("").AddColumn(Right("precision")).AddColumn(Right("recall")).AddColumn(Right("95 % interval"))
            .AddColumn(Right("F1")).AddColumn(Right("n"));
        foreach ((string label, ClassMetrics metrics) in report.PerClass)
            table.AddRow(
                Markup.Escape(label),
                Percent(metrics.Precision),
                metrics.Support == 0 ? "–" : Percent(metrics.Recall),
                metrics.RecallWilson95 is { } interval ? Range(interval) : "–",
                Percent(metrics.F1),
                $"{metrics.Support:N0}");
        return table;
    }

    private static Table Speakers(EvaluationReport report)
    {
        Table table = New("By speaker");
        table.AddColumn("").AddColumn(Right("accuracy")).AddColumn(Right("UAR")).AddColumn(Right("utterances"));
        KeyValuePair<string, SpeakerMetrics>[] all = [.. report.PerSpeaker];
        if (all.Length <= SpeakersShown)
        {
            foreach ((string speaker, SpeakerMetrics metrics) in all)
                table.AddRow(Markup.Escape(speaker), Percent(metrics.Accuracy), Percent(metrics.Uar), $"{metrics.Support:N0}");
            return table;
        }
        KeyValuePair<string, SpeakerMetrics>[] ranked = [.. all.OrderBy(pair => pair.Value.Uar)];
        foreach ((string rank, int index) in new[] { ("worst", 0), ("median", ranked.Length / 2), ("best", ranked.Length - 1) })
        {
            (string speaker, SpeakerMetrics metrics) = ranked[index];
            table.AddRow($"{rank}: {Markup.Escape(speaker)}", Percent(metrics.Accuracy), Percent(metrics.Uar), $"{metrics.Support:N0}");
        }
        return table.Caption($"{all.Length} speakers");
    }

    /// <summary><c>features 8.1 s, training 20.3 s, total 30.2 s</c>.</summary>
    internal static string Seconds(IReadOnlyDictionary<string, double> seconds) =>
        string.Join(", ", seconds.Select(stage => $"{stage.Key} {stage.Value:0.0} s"));

    internal static Table New(string title) =>
        new Table().Title(Markup.Escape(title)).Border(TableBorder.Simple);

    internal static TableColumn Right(string header) => new TableColumn(Markup.Escape(header)).RightAligned().NoWrap();

    internal static string Percent(double share, int digits = 1) => (100 * share).ToString("0." + new string('0', digits)) + " %";

    internal static string Range(Interval interval) => $"{100 * interval.Low:0.0} – {100 * interval.High:0.0} %";

    internal static string Short(string label, int length) => label.Length <= length ? label : label[..(length - 1)] + "…";
}
