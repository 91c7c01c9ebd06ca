using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Tests.Training;

/// <summary>
/// Everything in <c>last.safetensors</c> is needed: without one of its parts a resumed training is refused or gives another result.
/// </summary>
public class ForgottenStateTests
{
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void TrainWhole()
    {
        folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder["whole"]);
    }

    [OneTimeTearDown]
    public void Remove() => folder.Dispose();

    [TestCase("training.network.")]
    [TestCase("training.adamw.first.")]
    [TestCase("training.adamw.second.")]
    [TestCase("model.")]
    public void Restore_TensorsLeftOut_IsRefused(string prefix)
    {
        string path = StopAfterTwoEpochs($"without-{prefix}",
            (name, tensor) => name.StartsWith(prefix, StringComparison.Ordinal) ? null : tensor);
        Assert.That(() => Resume(path), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(Last(path)));
    }

    [TestCase("training.network.")]
    [TestCase("training.adamw.first.")]
    [TestCase("training.adamw.second.")]
    [TestCase("model.")]
    public void Restore_TensorsForgotten_GivesAnotherResult(string prefix)
    {
        string path = StopAfterTwoEpochs($"zero-{prefix}", (name, tensor) =>
            name.StartsWith(prefix, StringComparison.Ordinal) ? tensor with { Data = new byte[tensor.Data.Length] } : tensor);
        Resume(path);
        Assert.That(Same(path), Is.False);
    }

    [Test]
    public void Restore_NothingChanged_EqualsTheWholeRun()
    {
        string path = StopAfterTwoEpochs("same", (_, tensor) => tensor);
        Resume(path);
        Assert.That(Same(path), Is.True);
    }

    [Test]
    public void Restore_WithoutHistory_IsRefused()
    {
        string path = StopAfterTwoEpochs("no-history", (_, tensor) => tensor, withHistory: false);
        Assert.That(() => Resume(path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no training to go on with"));
    }

    [Test]
    public void Restore_HistoryAnEpochShort_GivesAnotherResult()
    {
        string path = StopAfterTwoEpochs("short", (_, tensor) => tensor);
        Checkpoint stored = Checkpoint.Load(Last(path));
        string rows = stored.Metadata["training.history"];
        string first = rows[..(rows.IndexOf('}', StringComparison.Ordinal) + 1)] + "]";
        Rewrite(path, stored, (_, tensor) => tensor, new Dictionary<string, string> { ["training.history"] = first });
        Resume(path);
        Assert.That(Same(path), Is.False);
    }

    /// <summary>A run of which two epochs are done, with its state changed.</summary>
    private string StopAfterTwoEpochs(string name, Func<string, StoredTensor, StoredTensor?> change, bool withHistory = true)
    {
        string path = folder[name];
        using var stop = new CancellationTokenSource();
        Assert.That(
            () => SmallRun.Train(SmallRun.Settings, path, progress: new TrainerTests.StopAt(3, 1, stop), cancellation: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Checkpoint stored = Checkpoint.Load(Last(path));
        Rewrite(path, stored, change, withHistory ? stored.Metadata : new Dictionary<string, string>());
        return path;
    }

    private static void Rewrite(
        string path, Checkpoint stored, Func<string, StoredTensor, StoredTensor?> change, IReadOnlyDictionary<string, string> texts) =>
        new Checkpoint
        {
            Settings = stored.Settings,
            Labels = stored.Labels,
            Normaliser = stored.Normaliser,
            Provenance = stored.Provenance,
            Weights = Changed(stored.Weights, "model.", change),
            Extra = Changed(stored.Extra, "", change),
            Metadata = texts.Where(pair => pair.Key.StartsWith("training.", StringComparison.Ordinal)).ToDictionary(),
        }.Save(Last(path));

    private static Dictionary<string, StoredTensor> Changed(
        IReadOnlyDictionary<string, StoredTensor> tensors, string prefix, Func<string, StoredTensor, StoredTensor?> change) =>
        tensors.Select(pair => (pair.Key, Tensor: change(prefix + pair.Key, pair.Value))).Where(pair => pair.Tensor is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Tensor!);

    private static void Resume(string path) => SmallRun.Train(SmallRun.Settings, path, resume: true);

    private bool Same(string path)
    {
        Checkpoint whole = Checkpoint.Load(Last(folder["whole"])), resumed = Checkpoint.Load(Last(path));
        return Equal(whole.Weights, resumed.Weights) && Equal(whole.Extra, resumed.Extra)
            && WithoutSeconds(path).SequenceEqual(WithoutSeconds(folder["whole"]));
    }

    private static bool Equal(IReadOnlyDictionary<string, StoredTensor> a, IReadOnlyDictionary<string, StoredTensor> b) =>
        a.Keys.Order().SequenceEqual(b.Keys.Order()) && a.All(pair => pair.Value.Data.AsSpan().SequenceEqual(b[pair.Key].Data));

    private static IEnumerable<string> WithoutSeconds(string path) =>
        File.ReadLines(Path.Combine(path, "history.csv")).Select(line => line[..line.LastIndexOf(',')]);

    private static string Last(string path) => Path.Combine(path, "last.safetensors");
}
