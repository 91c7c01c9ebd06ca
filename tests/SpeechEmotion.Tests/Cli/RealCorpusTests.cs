using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Training and evaluation on real speech: every tenth recording of TESS.</summary>
[Category(SharedData.Corpus)]
public class RealCorpusTests
{
    private TemporaryFolder place = null!;
    private CommandLine trained = null!;

    [OneTimeSetUp]
    public void Train()
    {
        string corpus = SharedData.RequireCorpus("tess");
        place = new TemporaryFolder();
        string[] all = [.. Directory.EnumerateFiles(corpus, "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        for (int i = 0; i < all.Length; i += 10)
        {
            string copy = Path.Combine(place["tess"], Path.GetRelativePath(corpus, all[i]));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(all[i], copy);
        }
        trained = CommandLine.Run("train", "tess", "--data", place["tess"], "--out", place["run"], "--set", "Training.Epochs=10");
    }

    [OneTimeTearDown]
    public void Delete() => place?.Dispose();

    [Test]
    public void Train_EveryTenthFile_LearnsAndSkipsNone()
    {
        trained.Expect(0);
        Assert.That(trained.Errors, Is.Empty);
        Assert.That(trained.Output,
            Does.Contain("tess: 280 utterances, 2 speakers, 7 emotions").And.Not.Contain("unreadable").And.Not.Contain("not understood"));
        Assert.That(File.ReadLines(Path.Combine(place["run"], "split.csv")).Count(), Is.EqualTo(281));
        Assert.That(Report("run").Accuracy.Value, Is.GreaterThan(0.6));
    }

    [Test]
    public void Evaluate_StoredCheckpoint_GivesTheSameMetrics()
    {
        trained.Expect(0);
        CommandLine.Run("evaluate", place["run"], "--data", place["tess"], "--out", place["again"]).Expect(0);
        Assert.That(Report("again").Accuracy, Is.EqualTo(Report("run").Accuracy));
        Assert.That(File.ReadAllBytes(Path.Combine(place["again"], "predictions.csv")),
            Is.EqualTo(File.ReadAllBytes(Path.Combine(place["run"], "predictions.csv"))));
    }

    [Test]
    public void Evaluate_RecordingChangedSince_IsRefusedByName()
    {
        trained.Expect(0);
        string test = File.ReadLines(Path.Combine(place["run"], "split.csv"))
            .First(line => line.EndsWith(",test", StringComparison.Ordinal)).Split(',')[0];
        string file = Path.Combine(place["tess"], test);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^100] ^= 1;
        File.WriteAllBytes(file, bytes);
        try
        {
            string error = CommandLine.Run("evaluate", place["run"], "--data", place["tess"], "--out", place["changed"]).OnlyError(1);
            Assert.That(error, Does.StartWith(test).And.Contain("has changed since"));
            Assert.That(Directory.Exists(place["changed"]), Is.False);
        }
        finally
        {
            bytes[^100] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
    }

    private EvaluationReport Report(string name) => EvaluationReport.Load(Path.Combine(place[name], "report.json"));
}
