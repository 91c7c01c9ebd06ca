using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Inference.Managed;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Tests.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Inference.Managed;

public class ManagedNetworkTests
{
    private static readonly int[] Lengths = [1, 2, 3, 7, 8, 31, 64, 101];

    private static readonly ModelSettings[] Networks =
    [
        new() { Channels = [8, 6], Kernel = 5, Pooling = Pooling.Attention },
        new() { Channels = [5], Kernel = 3, Residuals = 3, Pooling = Pooling.Mean },
        new() { Channels = [4, 4, 4], Kernel = 1, Residuals = 0, Pooling = Pooling.Statistics },
        new() { Kind = ModelKind.Lstm, LstmUnits = 7, LstmLayers = 2 },
        new() { Kind = ModelKind.Lstm, LstmUnits = 5, Bidirectional = false, Pooling = Pooling.Mean },
        new() { Kind = ModelKind.ConvLstm, Channels = [9], LstmUnits = 6, Statistics = 5 },
        new() { Kind = ModelKind.Statistics, Statistics = 6 },
        new()
        {
            Channels = [7], Statistics = 3,
            Members =
            [
                new() { View = InputView.Both },
                new() { Kind = ModelKind.Lstm, View = InputView.Utterance },
                new() { Kind = ModelKind.Statistics },
            ],
        },
    ];

    [TestCaseSource(nameof(Networks))]
    public void Run_AnyNetwork_EqualsLibtorch(ModelSettings model)
    {
        Checkpoint checkpoint = New(model);
        using TorchNetwork torch = TorchNetwork.Load(checkpoint);
        using var managed = new ManagedNetwork(checkpoint);
        NormalisedClip[] clips = [.. Lengths.Select((frames, i) => Clip(checkpoint, frames, i))];
        IReadOnlyList<NetworkOutput> expected = torch.Run(clips), actual = managed.Run(clips);
        for (int i = 0; i < clips.Length; i++)
        {
            Assert.That(actual[i].Embedding, Is.EqualTo(expected[i].Embedding).Within(2e-5), $"{Lengths[i]} frames");
            Assert.That(actual[i].Logits, Is.EqualTo(expected[i].Logits).Within(1e-5), $"{Lengths[i]} frames");
        }
        Assert.That(managed.ParameterCount, Is.EqualTo(torch.ParameterCount));
    }

    [TestCase("voices")]
    [TestCase("tess")]
    public void Classify_ShippedModel_GivesTheProbabilitiesOfLibtorch(string model)
    {
        using EmotionClassifier managed = EmotionClassifier.Load(model), torch = TorchClassifier.Load(model);
        for (int i = 0; i < 6; i++)
        {
            float[] samples = TestSignals.Speech(i);
            ClassifiedWindow expected = torch.ClassifyWindow(samples, null), actual = managed.ClassifyWindow(samples, null);
            Assert.That(actual.Probabilities, Is.EqualTo(expected.Probabilities).Within(1e-5));
        }
    }

    [Test]
    public void Run_Cancelled_Stops()
    {
        Checkpoint checkpoint = New(Networks[0]);
        using var managed = new ManagedNetwork(checkpoint);
        Assert.That(() => managed.Run([Clip(checkpoint, 20, 1)], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("members.0.output.bias", "m: tensor members.0.output.bias is missing")]
    [TestCase("members.0.stages.0.conv.weight", "m: tensor members.0.stages.0.conv.weight is missing")]
    public void New_MissingTensor_IsRefusedByName(string name, string message)
    {
        Checkpoint whole = New(Networks[0]);
        using var file = new MemoryStream();
        (whole with { Weights = whole.Weights.Where(pair => pair.Key != name).ToDictionary() }).Write(file);
        Assert.That(() => new ManagedNetwork(Checkpoint.Read(file.ToArray(), "m")),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
    }

    /// <summary>A checkpoint with random weights and running statistics.</summary>
    private static Checkpoint New(ModelSettings model)
    {
        RunSettings settings = SmallRun.Settings with { Model = model };
        manual_seed(5);
        using var network = new EmotionNetwork(model, NetworkSizes.FromSettings(settings, SmallRun.Labels.Length));
        using (no_grad())
        using (NewDisposeScope())
            foreach ((string name, Tensor value) in network.state_dict())
                value.copy_(name.EndsWith("runningVariance", StringComparison.Ordinal)
                    ? rand(value.shape).Plus(0.5)
                    : randn(value.shape).Over(4));
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = SmallRun.Data(settings).Normaliser,
            Weights = StateDict.From(network),
        };
    }

    private static NormalisedClip Clip(Checkpoint checkpoint, int frames, int seed)
    {
        SeededRandom random = Seeds.Random(seed, "clip");
        int features = new FeatureExtractor(checkpoint.Settings.Features).Count;
        int statistics = checkpoint.Settings.Model.Statistics > 0 ? NetworkSizes.CountStatistics(checkpoint.Settings) : 0;
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Normal())];
        return new NormalisedClip(new FeatureMatrix(Draw(features * frames), features, frames), Draw(statistics));
    }
}
