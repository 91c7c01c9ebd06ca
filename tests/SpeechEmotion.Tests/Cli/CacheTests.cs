using SpeechEmotion.Corpora.Caching;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The cache of features on the command line.</summary>
[NonParallelizable]
public class CacheTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void UseACache()
    {
        folder = new TemporaryFolder();
        for (int i = 0; i < 4; i++)
            folder.WriteWav($"corpus/{(i % 2 == 0 ? "anger" : "sadness")}/{i}.wav", TestSignals.Syllables(i));
        Environment.SetEnvironmentVariable(FeatureCache.Variable, folder["cache"]);
    }

    [TearDown]
    public void UseNone()
    {
        Environment.SetEnvironmentVariable(FeatureCache.Variable, "off");
        folder.Dispose();
    }

    [Test]
    public void Evaluate_SecondTime_ReadsFeaturesFromTheCacheAndPrintsTheSame()
    {
        string without = Evaluate("without", "--no-cache");
        Assert.That(Directory.Exists(folder["cache"]), Is.False);
        Evaluate("first");
        string second = Evaluate("second");
        Assert.That(second, Does.Contain("all from the cache"));
        Assert.That(without, Does.Not.Contain("cache (").And.Contain(" s of sound in "));
        Assert.That(Report("second").Features!.FromCache, Is.EqualTo(4));
        Assert.That(Report("first").Features!.FromCache, Is.Zero);
        foreach (string run in new[] { "first", "second" })
            Assert.That(File.ReadAllBytes(folder[$"{run}/predictions.csv"]),
                Is.EqualTo(File.ReadAllBytes(folder["without/predictions.csv"])));
    }

    private EvaluationReport Report(string run) => EvaluationReport.Load(folder[$"{run}/report.json"]);

    private string Evaluate(string name, params string[] more) => CommandLine.Run(
        ["evaluate", TrainedRun.Folder, "--data", folder["corpus"], "--set", "Corpus.Kind=folders", "--split", "all", "--out",
            folder[name], .. more]).Expect(0).Output;
}
