using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>
/// One report of several runs: the judgements of all folds (and seeds) together, and how much the runs differ. Pooling before
/// computing counts every utterance once; a mean over folds would weigh those of a small fold more.
/// </summary>
internal static class PooledReport
{
    /// <param name="settings">The settings that the runs share, with the first seed.</param>
    /// <param name="runs">The runs, seed by seed.</param>
    /// <param name="synthetic">Whether the speech is made by the program.</param>
    /// <exception cref="InvalidDataException">An utterance was tested twice with one seed, or the runs do not know the same labels.</exception>
    public static EvaluationReport Of(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic)
    {
        IReadOnlyList<string> labels = runs[0].Report.Labels;
        FinishedRun? other = runs.FirstOrDefault(run => !run.Report.Labels.SequenceEqual(labels));
        if (other is not null)
            throw new InvalidDataException($"{other.Name} knows {string.Join(", ", other.Report.Labels)}, {runs[0].Name} knows {string.Join(", ", labels)}: not one corpus");
        IGrouping<int, FinishedRun>[] seeds = [.. runs.GroupBy(run => run.Settings.Seed)];
        foreach (IGrouping<int, FinishedRun> seed in seeds)
            CheckTestedOnce(seed);

        Judgement[] judgements = [.. runs.SelectMany(run => run.Judgements)];
        var leftOut = new SortedDictionary<string, int>(
            runs.SelectMany(run => run.Report.Utterances.LeftOutByLabel).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value)), StringComparer.Ordinal);
        return EvaluationReport.Of(settings.Name, Metrics.Of(labels, judgements, settings.Seed, judgedAgain: seeds.Length > 1),
            ProtocolOf(settings, runs, synthetic, seeds), leftOut, runs[0].Report.Parameters, new Dictionary<string, double>(), settings.Seed) with
        {
            Runs = RunsOf(runs, seeds, labels),
            Reproducible = Reproducibility.OfRuns(runs.Select(run => run.Report.Reproducible)),
            VoiceKnown = VoiceKnown(settings, runs, seeds.Length > 1, labels),
        };
    }

    private static VoiceKnownFigures[]? VoiceKnown(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool judgedAgain, IReadOnlyList<string> labels)
    {
        int[] seconds = [.. runs[0].VoiceKnown.Keys.Where(key => runs.All(run => run.VoiceKnown.ContainsKey(key))).Order()];
        return seconds.Length == 0 ? null : [.. seconds.Select(heard =>
            VoiceKnownFigures.Of(heard, labels, [.. runs.SelectMany(run => run.VoiceKnown[heard])], settings.Seed, judgedAgain))];
    }

    private static Protocol ProtocolOf(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic, IGrouping<int, FinishedRun>[] seeds)
    {
        if (runs[0].Settings.Split.Fold == 0)
            return runs[0].Report.Protocol.Repeated(seeds.Length);
        bool?[] both = [.. runs.Select(run => run.Report.Protocol.SpeakersInBothParts)];
        bool? anywhere = both.Contains(true) ? true : both.Contains(null) ? null : false;
        int speakers = seeds[0].SelectMany(run => run.Judgements).Select(judgement => judgement.Speaker).Distinct().Count();
        return Protocol.OfFolds(settings.Split.By, seeds[0].Count(), anywhere, speakers, synthetic).Repeated(seeds.Length);
    }

    private static PooledRuns RunsOf(IReadOnlyList<FinishedRun> runs, IGrouping<int, FinishedRun>[] seeds, IReadOnlyList<string> labels)
    {
        RunFigures[]? folds = runs[0].Settings.Split.Fold > 0 ? [.. runs.Select(run => run.Figures)] : null;
        RunFigures[]? bySeed = seeds.Length > 1 ? [.. seeds.Select(seed => FiguresOf(seed, labels))] : null;
        return new PooledRuns
        {
            Folds = folds,
            OverFolds = folds is null ? null : FigureSpreads.Of(folds),
            Seeds = bySeed,
            OverSeeds = bySeed is null ? null : FigureSpreads.Of(bySeed),
        };
    }

    private static RunFigures FiguresOf(IGrouping<int, FinishedRun> seed, IReadOnlyList<string> labels)
    {
        ConfusionMatrix matrix = ConfusionMatrix.Of(labels, seed.SelectMany(run => run.Judgements));
        return new RunFigures($"seed-{seed.Key}", seed.Key, matrix.Scores.Accuracy, matrix.Scores.Uar, matrix.Scores.MacroF1,
            matrix.Total, seed.Sum(run => run.Figures.TrainingSeconds));
    }

    private static void CheckTestedOnce(IEnumerable<FinishedRun> seed)
    {
        Dictionary<string, string> testedIn = [];
        foreach (FinishedRun run in seed)
            foreach (Judgement judgement in run.Judgements)
                if (!testedIn.TryAdd(judgement.Path, run.Name))
                    throw new InvalidDataException($"{judgement.Path} was tested in {testedIn[judgement.Path]} and in {run.Name}: the folds are not of one division; start a new run");
    }
}
