using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>What a finished run folder says of its test part.</summary>
/// <param name="Name">The folder, relative to that of the pooled report.</param>
/// <param name="Settings">The run.</param>
/// <param name="Report">Its figures.</param>
/// <param name="ScoredUtterances">Its predictions.</param>
internal sealed record FinishedRun(string Name, RunSettings Settings, EvaluationReport Report, IReadOnlyList<ScoredUtterance> ScoredUtterances)
{
    /// <exception cref="IOException">A file of it is missing.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged, or the two do not tell of the same test.</exception>
    public static FinishedRun Load(string name, RunSettings settings, RunFolder folder)
    {
        EvaluationReport report = EvaluationReport.Load(folder.ReportPath);
        (IReadOnlyList<string> labels, IReadOnlyList<ScoredUtterance> scoredUtterances) = PredictionsFile.Load(folder.PredictionsPath);
        if (!labels.SequenceEqual(report.Labels) || scoredUtterances.Count != report.Utterances.Counted)
            throw new InvalidDataException($"{folder.PredictionsPath}: is not of the same test as {folder.ReportPath}; delete {folder.Path} and go on with --resume");
        return new FinishedRun(name, settings, report, scoredUtterances)
        {
            Enrolled = (report.Enrolled ?? []).ToDictionary(known => known.Seconds, known => PredictionsFile.Load(folder.EnrolledPredictionsPath(known.Seconds)).Judgements),
        };
    }

    /// <summary>Its predictions after some seconds of each test voice had been heard, by these seconds; empty for a model that does not adapt.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<ScoredUtterance>> Enrolled { get; init; } = new Dictionary<int, IReadOnlyList<ScoredUtterance>>();

    public RunMetrics Metrics => new(
        Name, Settings.Seed, Report.Accuracy.Value, Report.Uar.Value, Report.MacroF1.Value, Report.Utterances.Counted,
        Report.Seconds.GetValueOrDefault("training"))
    {
        Fold = Settings.Split.Fold > 0 ? Settings.Split.Fold : null,
    };
}
