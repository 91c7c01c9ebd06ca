using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>What a finished run folder says of its test part.</summary>
/// <param name="Name">The folder, relative to that of the pooled report.</param>
/// <param name="Settings">The run.</param>
/// <param name="Report">Its figures.</param>
/// <param name="Judgements">Its predictions.</param>
internal sealed record FinishedRun(string Name, RunSettings Settings, EvaluationReport Report, IReadOnlyList<Judgement> Judgements)
{
    /// <exception cref="IOException">A file of it is missing.</exception>
    /// <exception cref="InvalidDataException">A file of it is damaged, or the two do not tell of the same test.</exception>
    public static FinishedRun Load(string name, RunSettings settings, RunFolder folder)
    {
        EvaluationReport report = EvaluationReport.Load(folder.ReportPath);
        (IReadOnlyList<string> labels, IReadOnlyList<Judgement> judgements) = PredictionsFile.Load(folder.PredictionsPath);
        if (!labels.SequenceEqual(report.Labels) || judgements.Count != report.Utterances.Counted)
            throw new InvalidDataException($"{folder.PredictionsPath}: is not of the same test as {folder.ReportPath}; delete {folder.Path} and go on with --resume");
        return new FinishedRun(name, settings, report, judgements)
        {
            VoiceKnown = (report.VoiceKnown ?? []).ToDictionary(known => known.Seconds, known => PredictionsFile.Load(folder.KnownPredictionsPath(known.Seconds)).Judgements),
        };
    }

    /// <summary>Its predictions after some seconds of each test voice had been heard, by these seconds; empty for a model that does not adapt.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<Judgement>> VoiceKnown { get; init; } = new Dictionary<int, IReadOnlyList<Judgement>>();

    public RunFigures Figures => new(
        Name, Settings.Seed, Report.Accuracy.Value, Report.Uar.Value, Report.MacroF1.Value, Report.Utterances.Counted,
        Report.Seconds.GetValueOrDefault("training"))
    {
        Fold = Settings.Split.Fold > 0 ? Settings.Split.Fold : null,
    };
}
