using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Reports;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Reports;

public class PooledReportTests
{
    private static readonly string[] Labels = ["anger", "fear"];

    [Test]
    public void Create_FoldsOfUnevenSize_CountsEveryUtteranceOnce()
    {
        // 1 of 1 and 1 of 3 right: pooled 2 of 4, the mean of the folds 2/3.
        EvaluationReport report = PooledReport.Create(Settings(1),
            [Run(1, 1, ["a"], [0], [0]), Run(1, 2, ["b", "c", "d"], [1, 1, 0], [1, 0, 1])], synthetic: false);

        Assert.That(report.Accuracy.Value, Is.EqualTo(0.5));
        Assert.That(report.Confusion, Is.EqualTo(new[] { new[] { 1, 1 }, [1, 1] }));
        Assert.That(report.Runs!.OverFolds!.Accuracy.Mean, Is.EqualTo(2 / 3.0).Within(1e-12));
        Assert.That(report.Runs.OverFolds.Accuracy.StandardDeviation, Is.EqualTo(Math.Sqrt(2) / 3).Within(1e-12),
            "numpy.std([1, 1/3], ddof=1)");
        Assert.That(report.Runs.Seeds, Is.Null);
        Assert.That((report.Protocol.Folds, report.Protocol.Seeds), Is.EqualTo((2, 1)));
        Assert.That(report.Protocol.Sentence, Does.Contain("pool 2 folds"));
    }

    [Test]
    public void Create_TwoSeeds_GivesTheSpreadOverThemAndNoNarrowerInterval()
    {
        string[] paths = [.. Enumerable.Range(0, 40).Select(i => $"{i}")];
        int[] truth = [.. paths.Select((_, i) => i % 2)], predicted = [.. truth.Select((label, i) => i < 10 ? 1 - label : label)];

        EvaluationReport one = PooledReport.Create(Settings(1), Folds(1, paths, truth, predicted), synthetic: false);
        EvaluationReport two = PooledReport.Create(Settings(1),
            [.. Folds(1, paths, truth, predicted), .. Folds(2, paths, truth, predicted)], synthetic: false);

        Assert.That(two.Utterances.Counted, Is.EqualTo(80));
        Assert.That(two.Accuracy.Value, Is.EqualTo(one.Accuracy.Value));
        Assert.That(two.Accuracy.Wilson95, Is.EqualTo(one.Accuracy.Wilson95));
        Assert.That(Width(two.Accuracy.Ci95), Is.EqualTo(Width(one.Accuracy.Ci95)).Within(0.03));
        Assert.That(two.Runs!.Seeds!.Select(seed => (seed.Name, seed.Accuracy, seed.Utterances)),
            Is.EqualTo(new[] { ("seed-1", 0.75, 40), ("seed-2", 0.75, 40) }));
        Assert.That(two.Runs.OverSeeds!.Accuracy, Is.EqualTo(new Spread(0.75, 0, 0.75, 0.75)));
        Assert.That(two.Protocol.Sentence, Does.Contain("with 2 seeds"));
    }

    [Test]
    public void Create_UtteranceInTwoFolds_IsRefused() =>
        Assert.That(
            () => PooledReport.Create(Settings(1), [Run(1, 1, ["a"], [0], [0]), Run(1, 2, ["a", "b"], [0, 1], [0, 1])], synthetic: false),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("a was tested in fold-1 and in fold-2"));

    [Test]
    public void Create_FoldsByCorpusWithOtherLabels_PoolsTheLabelsOfAll()
    {
        FinishedRun[] runs = FinishedRun.WithCommonLabels(
            [ByCorpus(1, "x/1", ["anger", "fear"], "fear"), ByCorpus(2, "y/1", ["anger", "boredom"], "boredom")]);
        EvaluationReport report = PooledReport.Create(runs[0].Settings, runs, synthetic: false);
        Assert.That(report.Labels, Is.EqualTo(new[] { "anger", "boredom", "fear" }));
        Assert.That(report.Accuracy.Value, Is.EqualTo(1));
        Assert.That(report.Runs!.Folds!.Select(fold => fold.Corpus), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(report.Runs.OverFolds!.EceDebiased, Is.Not.Null);
        Assert.That(runs[0].ScoredUtterances[0].Probabilities, Is.EqualTo(new Dictionary<string, float>
        {
            ["anger"] = 0.2f, ["boredom"] = 0, ["fear"] = 0.8f,
        }));
        Assert.That(report.Protocol.Sentence, Does.Contain("of corpora that were not in training"));
    }

    [Test]
    public void SaveLoad_PooledReport_KeepsTheRuns()
    {
        using var folder = new TemporaryFolder();
        EvaluationReport report = PooledReport.Create(Settings(1), [Run(1, 1, ["a"], [0], [0]), Run(1, 2, ["b"], [1], [1])],
            synthetic: false);
        report.Save(folder["report.json"]);
        EvaluationReport read = EvaluationReport.Load(folder["report.json"]);
        Assert.That(read.Runs!.Folds, Is.EqualTo(report.Runs!.Folds));
        Assert.That(read.Runs.OverFolds, Is.EqualTo(report.Runs.OverFolds));
    }

    private static double Width(Interval interval) => interval.High - interval.Low;

    private static FinishedRun[] Folds(int seed, string[] paths, int[] truth, int[] predicted) =>
        [Run(seed, 1, paths[..20], truth[..20], predicted[..20]), Run(seed, 2, paths[20..], truth[20..], predicted[20..])];

    private static RunSettings Settings(int seed, int fold = 0) =>
        new() { Seed = seed, Split = new SplitSettings { Folds = 2, Fold = fold } };

    private static FinishedRun Run(int seed, int fold, string[] paths, int[] truth, int[] predicted)
    {
        ScoredUtterance[] scoredUtterances = [.. paths.Select((path, i) =>
            ScoredUtterance.Create(
                path, "s", Labels[truth[i]], EmotionClassifier.ByLabel(Labels, predicted[i] == 0 ? [0.8f, 0.2f] : [0.2f, 0.8f])))];
        EvaluationReport report = EvaluationReport.Create("x", Metrics.Compute(Labels, scoredUtterances, seed),
            Protocol.FromSplit(SplitBy.Random, ["s"], ["s"]),
            new Dictionary<string, int>(), 10, new Dictionary<string, double> { ["training"] = 2 }, seed);
        return new FinishedRun($"fold-{fold}", Settings(seed, fold), report, scoredUtterances);
    }

    /// <summary>A fold with one utterance, which is recognised.</summary>
    private static FinishedRun ByCorpus(int fold, string path, string[] labels, string truth)
    {
        ScoredUtterance[] scored =
        [
            ScoredUtterance.Create(
                path, path, truth, EmotionClassifier.ByLabel(labels, [.. labels.Select(label => label == truth ? 0.8f : 0.2f)])),
        ];
        var settings = new RunSettings { Split = new SplitSettings { By = SplitBy.Corpus, Fold = fold } };
        EvaluationReport report = EvaluationReport.Create("x", Metrics.Compute(labels, scored, 1),
            Protocol.FromSplit(SplitBy.Corpus, ["z/1"], [path]), new Dictionary<string, int>(), 10, new Dictionary<string, double>(), 1);
        return new FinishedRun($"fold-{fold}", settings, report, scored);
    }
}
