using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Training;

public class TrainerTests
{
    [Test]
    public void Run_SeparableClasses_LearnsThem()
    {
        using var folder = new TemporaryFolder();
        History history = SmallRun.Train(
            SmallRun.Settings with { Training = SmallRun.Settings.Training with { Epochs = 20, LearningRate = 0.01 } }, folder.Path);
        Assert.That(history.Best!.ValidationUar, Is.GreaterThan(0.9));
        Assert.That(history.Rows[^1].TrainLoss, Is.LessThan(history.Rows[0].TrainLoss));
    }

    [Test]
    public void Run_Twice_GivesTheSameBits()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder["a"]);
        SmallRun.Train(SmallRun.Settings, folder["b"]);
        AssertSameState(folder["a"], folder["b"]);
    }

    [Test]
    public void Run_AnotherSeed_GivesOtherWeights()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder["a"]);
        SmallRun.Train(SmallRun.Settings with { Seed = 4 }, folder["b"]);
        Assert.That(Weights(folder["a"]), Is.Not.EqualTo(Weights(folder["b"])));
    }

    [Test]
    public void Run_SpeakerGroupsAndContrastiveLoss_LearnsReproducibly()
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = SmallRun.WithSpeakers with { Training = SmallRun.WithSpeakers.Training with { Epochs = 20,
            LearningRate = 0.01 } };
        var counts = new CountTensors();
        History history = SmallRun.Train(settings, folder["a"], progress: counts);
        SmallRun.Train(settings, folder["b"]);
        SmallRun.Train(settings with { Training = settings.Training with { Contrastive = 0 } }, folder["plain"]);
        SmallRun.Train(settings with { Model = settings.Model with { LogitCentring = 0 } }, folder["uncentred"]);
        AssertSameState(folder["a"], folder["b"]);
        Assert.That(history.Best!.ValidationUar, Is.GreaterThan(0.9));
        Assert.That(Weights(folder["plain"]), Is.Not.EqualTo(Weights(folder["a"])), "the contrastive loss has an effect");
        Assert.That(Weights(folder["uncentred"]), Is.Not.EqualTo(Weights(folder["a"])), "logit centring has an effect");
        Assert.That(counts.PerStep.Skip(counts.PerStep.Count / 3).Distinct().Count(), Is.EqualTo(1), string.Join(" ", counts.PerStep));
    }

    [TestCase(1, 2)]
    [TestCase(2, 3)]
    [TestCase(4, 1)]
    public void Run_StoppedAndResumed_EqualsTheUninterruptedRun(int epoch, int step)
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder["whole"]);
        using var stop = new CancellationTokenSource();
        Assert.That(
            () => SmallRun.Train(SmallRun.Settings, folder["parts"], progress: new StopAt(epoch, step, stop), cancellation: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        // Before the end of the first epoch there is nothing to go on with.
        SmallRun.Train(SmallRun.Settings, folder["parts"], resume: epoch > 1);

        AssertSameState(folder["whole"], folder["parts"]);
    }

    [Test]
    public void Run_ResumedWhenFinished_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder.Path);
        byte[] before = File.ReadAllBytes(folder["last.safetensors"]);
        History history = SmallRun.Train(SmallRun.Settings, folder.Path, resume: true);
        Assert.That(history.Rows, Has.Count.EqualTo(4));
        Assert.That(File.ReadAllBytes(folder["last.safetensors"]), Is.EqualTo(before));
    }

    [Test]
    public void Run_StateWithoutMoments_IsRefused()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder.Path);
        File.Copy(folder["best.safetensors"], folder["last.safetensors"], overwrite: true);
        Assert.That(
            () => SmallRun.Train(SmallRun.Settings, folder.Path, resume: true),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(
                folder["last.safetensors"]).And.Message.Contains("no training to go on with"));
    }

    /// <summary>A process may die after the state is written and before the table is.</summary>
    [Test]
    public void Run_ResumedWithAnOldHistoryFile_WritesItAnew()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder.Path);
        string whole = File.ReadAllText(folder["history.csv"]);
        File.WriteAllLines(folder["history.csv"], whole.Split('\n').Take(3));

        SmallRun.Train(SmallRun.Settings, folder.Path, resume: true);

        Assert.That(File.ReadAllText(folder["history.csv"]), Is.EqualTo(whole));
    }

    [Test]
    public void Run_ManySteps_KeepsTheNumberOfLiveTensors()
    {
        using var folder = new TemporaryFolder();
        var counts = new CountTensors();
        SmallRun.Train(SmallRun.Settings with { Training = SmallRun.Settings.Training with { Epochs = 6 } }, folder.Path, progress: counts);
        Assert.That(counts.PerStep.Skip(counts.PerStep.Count / 3).Distinct().Count(), Is.EqualTo(1), string.Join(" ", counts.PerStep));
    }

    [Test]
    public void Run_RateThatExplodes_IsReported()
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { LearningRate = 1e30, GradientClip = 0,
            WarmUp = 0, Epochs = 30 } };
        Assert.That(() => SmallRun.Train(settings, folder.Path),
            Throws.TypeOf<ArithmeticException>().With.Message.Contains("Training.LearningRate = 1E+30"));
    }

    [Test]
    public void Run_Patience_StopsAfterEpochsWithoutBetter()
    {
        using var folder = new TemporaryFolder();
        // The rate is so small that no epoch is better than the first.
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { LearningRate = 1e-12, Epochs = 50,
            Patience = 3 } };
        History history = SmallRun.Train(settings, folder.Path);
        Assert.That(history.IsExhausted(3), Is.True);
        Assert.That(history.Rows, Has.Count.LessThan(50));
    }

    [TestCase(0, 4)]
    [TestCase(1, 1)]
    [TestCase(14, 2)]
    [TestCase(1000, 4)]
    public void Run_MaxSteps_LimitsTheEpochs(int maxSteps, int epochs)
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { MaxSteps = maxSteps } };
        var begun = new BeginRecorder();
        History history = SmallRun.Train(settings, folder.Path, progress: begun); // 5 steps an epoch
        Assert.That(history.Rows, Has.Count.EqualTo(epochs));
        Assert.That((begun.Epochs, begun.StepsPerEpoch), Is.EqualTo((epochs, 5)));
        Assert.That(history.Rows[^1].LearningRate, Is.LessThan(5e-4), "the cosine ends with the last epoch");
    }

    [Test]
    public void Run_BestCheckpoint_IsThatOfTheBestEpoch()
    {
        using var folder = new TemporaryFolder();
        History history = SmallRun.Train(SmallRun.Settings, folder.Path);
        Checkpoint best = Checkpoint.Load(folder["best.safetensors"]);
        Assert.That(best.Provenance.Epoch, Is.EqualTo(history.Best!.Epoch));
        Assert.That(best.Provenance.Validation["uar"], Is.EqualTo(history.Best.ValidationUar));
    }

    [Test]
    public void Run_ValidationPart_CalibratesTheModel()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Settings, folder.Path);
        Checkpoint best = Checkpoint.Load(folder["best.safetensors"]);
        TrainingData data = SmallRun.Data(SmallRun.Settings);
        using EmotionNetwork network = best.BuildNetwork();
        IReadOnlyList<NetworkOutput> outputs = new TorchNetwork(network).Run(
            [.. data.Validation.Select(clip => data.Normaliser.Prepare(clip.Features, null))]);
        float[][] probabilities = [.. outputs.Select(output => EnsembleDecision.Combine(output.Logits, data.Labels.Count, [], 1))];
        Assert.That(best.Temperature,
            Is.EqualTo(TemperatureScaling.Fit(probabilities, [.. data.Validation.Select(clip => clip.Label)])).Within(1e-4));
        Assert.That(best.Temperature, Is.Not.EqualTo(1).Within(0.01));
    }

    [TestCase(0, 1)]
    [TestCase(1.5, 1.5)]
    public void Run_WithoutValidationPart_TakesTheGivenTemperatureOrNone(double given, double stored)
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = SmallRun.Settings with { Training = SmallRun.Settings.Training with { Temperature = given, Epochs = 1 } };
        var trainer = new Trainer(settings, SmallRun.Data(settings) with { Validation = [] }, folder.Path, TorchSharp.torch.CPU);
        trainer.Run(null, progress: null, default);
        Assert.That(Checkpoint.Load(trainer.BestPath).Temperature, Is.EqualTo(stored));
    }

    private static void AssertSameState(string a, string b)
    {
        foreach (string name in new[] { "best.safetensors", "last.safetensors" })
        {
            Checkpoint first = Checkpoint.Load(Path.Combine(a, name)), second = Checkpoint.Load(Path.Combine(b, name));
            foreach ((IReadOnlyDictionary<string, StoredTensor> left, IReadOnlyDictionary<string, StoredTensor> right) in new[] { (
                first.Weights, second.Weights), (first.Extra, second.Extra) })
            {
                Assert.That(right.Keys, Is.EquivalentTo(left.Keys));
                foreach ((string key, StoredTensor tensor) in left)
                    Assert.That(right[key].Data, Is.EqualTo(tensor.Data), key);
            }
        }
        Assert.That(HistoryWithoutSeconds(b), Is.EqualTo(HistoryWithoutSeconds(a)));
    }

    private static string[] HistoryWithoutSeconds(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "history.csv")).Select(line => line[..line.LastIndexOf(',')])];

    private static byte[] Weights(string folder) =>
        Checkpoint.Load(Path.Combine(folder, "last.safetensors")).Weights["members.0.output.weight"].Data;

    private sealed class BeginRecorder : IProgress<RunProgress>
    {
        public int Epochs { get; private set; }

        public int StepsPerEpoch { get; private set; }

        public void Report(RunProgress value)
        {
            if (value is TrainingStarted started)
                (Epochs, StepsPerEpoch) = (started.Epochs, started.StepsPerEpoch);
        }
    }

    internal sealed class StopAt(int epoch, int step, CancellationTokenSource stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value is StepDone done && done.Epoch == epoch && done.Step == step)
                stop.Cancel();
        }
    }

    private sealed class CountTensors : IProgress<RunProgress>
    {
        public List<long> PerStep { get; } = [];

        public void Report(RunProgress value)
        {
            if (value is StepDone)
                PerStep.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }
}
