using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>
/// One report of several runs: metrics of the pooled predictions of all folds and seeds, and the spread over the runs. Pooling gives every
/// utterance the same weight; a mean over folds would give a higher weight to the utterances of small folds.
/// </summary>
internal static class PooledReport
{
    /// <summary>Creates the report.</summary>
    /// <param name="settings">The common settings of the runs, with the first seed.</param>
    /// <param name="runs">The runs, in order of their seeds.</param>
    /// <param name="synthetic">Whether the corpus is synthetic.</param>
    /// <exception cref="InvalidDataException">An utterance was tested twice with one seed, or the runs have different labels.</exception>
    public static EvaluationReport Create(RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic)
    {
        IReadOnlyList<string> labels = runs[0].Labels;
        FinishedRun? other = runs.FirstOrDefault(run => !run.Labels.SequenceEqual(labels));
        if (other is not null)
            throw new InvalidDataException(
                $"{other.Name} has the labels {string.Join(", ", other.Labels)}, {runs[0].Name} has {string.Join(", ", labels)}:"
                + " the runs are not of one corpus");
        IGrouping<int, FinishedRun>[] seeds = [.. runs.GroupBy(run => run.Settings.Seed)];
        foreach (IGrouping<int, FinishedRun> seed in seeds)
            CheckTestedOnce(seed);

        ScoredUtterance[] scoredUtterances = [.. runs.SelectMany(run => run.ScoredUtterances)];
        var leftOut = new SortedDictionary<string, int>(
            runs.SelectMany(run => run.Report.Utterances.LeftOutByLabel)
                .GroupBy(pair => pair.Key)
                .ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value)),
            StringComparer.Ordinal);
        Metrics metrics = Metrics.Compute(labels, scoredUtterances, settings.Seed, repeated: seeds.Length > 1);
        Protocol protocol = ProtocolOf(settings, runs, synthetic, seeds);
        return EvaluationReport.Create(
            settings.Name, metrics, protocol, leftOut, runs[0].Report.Parameters, new Dictionary<string, double>(), settings.Seed) with
        {
            Runs = RunsOf(runs, seeds, labels),
            Corpus = runs.Select(run => run.Report.Corpus).Distinct().Count() == 1 ? runs[0].Report.Corpus : null,
            Reproducible = Reproducibility.DescribeRuns(runs.Select(run => run.Report.Reproducible)),
            Enrolled = PoolEnrolled(settings, runs, seeds.Length > 1, labels),
        };
    }

    private static EnrolledMetrics[]? PoolEnrolled(
        RunSettings settings, IReadOnlyList<FinishedRun> runs, bool repeated, IReadOnlyList<string> labels)
    {
        int[] durations = [.. runs[0].Enrolled.Keys.Where(seconds => runs.All(run => run.Enrolled.ContainsKey(seconds))).Order()];
        return durations.Length == 0 ? null : [.. durations.Select(seconds =>
            EnrolledMetrics.Compute(seconds, labels, [.. runs.SelectMany(run => run.Enrolled[seconds])], settings.Seed, repeated))];
    }

    private static Protocol ProtocolOf(
        RunSettings settings, IReadOnlyList<FinishedRun> runs, bool synthetic, IGrouping<int, FinishedRun>[] seeds)
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
                    throw new InvalidDataException(
                        $"{scored.Path} was tested in {testedIn[scored.Path]} and in {run.Name}:"
                        + " the folds are not of one division; start a new run");
    }
}
