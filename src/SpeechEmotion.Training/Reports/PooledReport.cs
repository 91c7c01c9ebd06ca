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
    public static EvaluationReport Create(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic)
    {
        IReadOnlyList<string> labels = runs[0].Report.Labels;
        FinishedRun? other = runs.FirstOrDefault(run => !run.Report.Labels.SequenceEqual(labels));
        if (other is not null)
            throw new InvalidDataException($"{other.Name} knows {string.Join(", ", other.Report.Labels)}, {runs[0].Name} knows {string.Join(", ", labels)}: not one corpus");
        IGrouping<int, FinishedRun>[] seeds = [.. runs.GroupBy(run => run.Settings.Seed)];
        foreach (IGrouping<int, FinishedRun> seed in seeds)
            CheckTestedOnce(seed);

        ScoredUtterance[] scoredUtterances = [.. runs.SelectMany(run => run.ScoredUtterances)];
        var leftOut = new SortedDictionary<string, int>(
            runs.SelectMany(run => run.Report.Utterances.LeftOutByLabel).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value)), StringComparer.Ordinal);
        return EvaluationReport.Create(settings.Name, Metrics.Compute(labels, scoredUtterances, settings.Seed, repeated: seeds.Length > 1),
            ProtocolOf(settings, runs, synthetic, seeds), leftOut, runs[0].Report.Parameters, new Dictionary<string, double>(), settings.Seed) with
        {
            Runs = RunsOf(runs, seeds, labels),
            Reproducible = Reproducibility.DescribeRuns(runs.Select(run => run.Report.Reproducible)),
            Enrolled = PoolEnrolled(settings, runs, seeds.Length > 1, labels),
        };
    }

    private static EnrolledMetrics[]? PoolEnrolled(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool repeated, IReadOnlyList<string> labels)
    {
        int[] seconds = [.. runs[0].Enrolled.Keys.Where(key => runs.All(run => run.Enrolled.ContainsKey(key))).Order()];
        return seconds.Length == 0 ? null : [.. seconds.Select(heard =>
            EnrolledMetrics.Compute(heard, labels, [.. runs.SelectMany(run => run.Enrolled[heard])], settings.Seed, repeated))];
    }

    private static Protocol ProtocolOf(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic, IGrouping<int, FinishedRun>[] seeds)
    {
        if (runs[0].Settings.Split.Fold == 0)
            return runs[0].Report.Protocol.Repeated(seeds.Length);
        bool?[] both = [.. runs.Select(run => run.Report.Protocol.SpeakersInBothParts)];
        bool? anywhere = both.Contains(true) ? true : both.Contains(null) ? null : false;
        int speakers = seeds[0].SelectMany(run => run.ScoredUtterances).Select(scored => scored.Speaker).Distinct().Count();
        return Protocol.FromFolds(settings.Split.By, seeds[0].Count(), anywhere, speakers, synthetic).Repeated(seeds.Length);
    }

    private static PooledRuns RunsOf(IReadOnlyList<FinishedRun> runs, IGrouping<int, FinishedRun>[] seeds, IReadOnlyList<string> labels)
    {
        RunMetrics[]? folds = runs[0].Settings.Split.Fold > 0 ? [.. runs.Select(run => run.Metrics)] : null;
        RunMetrics[]? bySeed = seeds.Length > 1 ? [.. seeds.Select(seed => PoolSeed(seed, labels))] : null;
        return new PooledRuns
        {
            Folds = folds,
            OverFolds = folds is null ? null : MetricSpreads.Compute(folds),
            Seeds = bySeed,
            OverSeeds = bySeed is null ? null : MetricSpreads.Compute(bySeed),
        };
    }

    private static RunMetrics PoolSeed(IGrouping<int, FinishedRun> seed, IReadOnlyList<string> labels)
    {
        ConfusionMatrix matrix = ConfusionMatrix.From(labels, seed.SelectMany(run => run.ScoredUtterances));
        return new RunMetrics($"seed-{seed.Key}", seed.Key, matrix.Scores.Accuracy, matrix.Scores.Uar, matrix.Scores.MacroF1,
            matrix.Total, seed.Sum(run => run.Metrics.TrainingSeconds));
    }

    private static void CheckTestedOnce(IEnumerable<FinishedRun> seed)
    {
        Dictionary<string, string> testedIn = [];
        foreach (FinishedRun run in seed)
            foreach (ScoredUtterance scored in run.ScoredUtterances)
                if (!testedIn.TryAdd(scored.Path, run.Name))
                    throw new InvalidDataException($"{scored.Path} was tested in {testedIn[scored.Path]} and in {run.Name}: the folds are not of one division; start a new run");
    }
}
