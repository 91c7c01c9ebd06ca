using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>The results of a finished run on its test part.</summary>
/// <param name="Name">The folder, relative to that of the pooled report.</param>
/// <param name="Settings">The run.</param>
/// <param name="Report">The metrics.</param>
/// <param name="ScoredUtterances">The predictions without enrolment.</param>
internal sealed record FinishedRun(
    string Name, RunSettings Settings, EvaluationReport Report, IReadOnlyList<ScoredUtterance> ScoredUtterances)
{
    /// <summary>Reads report and predictions of a run folder.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or report and predictions are not of the same test.</exception>
    public static FinishedRun Load(string name, RunSettings settings, RunFolder folder)
    {
        EvaluationReport report = EvaluationReport.Load(folder.ReportPath);
        (IReadOnlyList<string> labels, IReadOnlyList<ScoredUtterance> scoredUtterances) = PredictionsFile.Load(folder.PredictionsPath);
        if (!labels.SequenceEqual(report.Labels) || scoredUtterances.Count != report.Utterances.Counted)
            throw new InvalidDataException(
                $"{folder.PredictionsPath}: is not of the same test as {folder.ReportPath}; delete {folder.Path} and go on with --resume");
        return new FinishedRun(name, settings, report, scoredUtterances)
        {
            Enrolled = (report.Enrolled ?? []).ToDictionary(
                enrolled => enrolled.Seconds,
                enrolled => PredictionsFile.Load(folder.EnrolledPredictionsPath(enrolled.Seconds)).Predictions),
        };
    }

    /// <summary>The labels of the predictions, in the order of the model.</summary>
    public IReadOnlyList<string> Labels { get; init; } = Report.Labels;

    /// <summary>
    /// The runs with the labels of all of them, in ordinal order. A model that lacks a label gives it a probability of 0. Models of other
    /// training corpora can have other labels.
    /// </summary>
    public static FinishedRun[] WithCommonLabels(IReadOnlyList<FinishedRun> runs)
    {
        string[] labels = [.. runs.SelectMany(run => run.Labels).Distinct().Order(StringComparer.Ordinal)];
        return [.. runs.Select(run => run with
        {
            Labels = labels,
            ScoredUtterances = Extend(run.ScoredUtterances),
            Enrolled = run.Enrolled.ToDictionary(pair => pair.Key, pair => Extend(pair.Value)),
        })];

        IReadOnlyList<ScoredUtterance> Extend(IReadOnlyList<ScoredUtterance> scored) => [.. scored.Select(each => each with
        {
            Probabilities = new OrderedDictionary<string, float>(
                labels.Select(label => KeyValuePair.Create(label, each.Probabilities.GetValueOrDefault(label)))),
        })];
    }

    /// <summary>
    /// The predictions with enrolled test speakers, by seconds of enrolment; empty for a model without speaker adaptation.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyList<ScoredUtterance>> Enrolled { get; init; } =
        new Dictionary<int, IReadOnlyList<ScoredUtterance>>();

    /// <summary>The metrics of the run for a pooled report.</summary>
    public RunMetrics Metrics => new(
        Name, Settings.Seed, Report.Accuracy.Value, Report.Uar.Value, Report.MacroF1.Value, Report.Utterances.Counted,
        Report.Seconds.GetValueOrDefault("training"))
    {
        Fold = Settings.Split.Fold > 0 ? Settings.Split.Fold : null,
        // The paths of joined corpora begin with their names.
        Corpus = Settings.Split.By == SplitBy.Corpus ? ScoredUtterances[0].Path.Split('/')[0] : null,
        EceDebiased = Report.Calibration.EceDebiased.Value,
        EnrolledUar = Report.Enrolled?.ToDictionary(enrolled => enrolled.Seconds, enrolled => enrolled.Uar.Value),
    };
}
