using SpeechEmotion.Adaptation;
using SpeechEmotion.Evaluation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Support;
using SpeechEmotion.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Training;

public class TrainingStateTests
{
    [Test]
    public void Restore_WhatWasSaved_BringsEverythingBack()
    {
        using var folder = new TemporaryFolder();
        using State saved = new(1), restored = new(2);
        saved.History.Add(Row(1, 0.5));
        saved.History.Add(Row(2, 0.75));
        using Scalar eighth = 0.125.ToScalar();
        foreach ((_, Tensor moment) in saved.Optimizer.State)
            moment.fill_(eighth);
        saved.Save(folder["last.safetensors"]);

        restored.Restore(folder["last.safetensors"]);

        AssertEqual(restored.Network, saved.Network);
        AssertEqual(restored.Average, saved.Average);
        Assert.That(restored.Optimizer.State.SelectMany(moment => moment.Value.data<float>().ToArray()), Is.All.EqualTo(0.125f));
        Assert.That(restored.History.Rows, Is.EqualTo(saved.History.Rows));
        Assert.That(restored.History.Best, Is.EqualTo(saved.History.Best));
    }

    [Test]
    public void Save_IsACheckpointOfTheAverage()
    {
        using var folder = new TemporaryFolder();
        using State saved = new(1);
        saved.Save(folder["last.safetensors"]);
        using EmotionNetwork network = Checkpoint.Load(folder["last.safetensors"]).BuildNetwork();
        AssertEqual(network, saved.Average);
    }

    [Test]
    public void Restore_NetworkOfAnotherSize_NamesFileAndTensor()
    {
        using var folder = new TemporaryFolder();
        using State saved = new(1), wider = new(1, channels: 6);
        saved.Save(folder["last.safetensors"]);
        Assert.That(
            () => wider.Restore(folder["last.safetensors"]),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith(
                folder["last.safetensors"]).And.Message.Contains("stages.0.conv.weight"));
    }

    private static HistoryRow Row(int epoch, double uar) => new()
    {
        Epoch = epoch, TrainLoss = 1.0 / 3, TrainAccuracy = 0.1, TrainUar = 0.2, ValidationLoss = 1e-17, ValidationAccuracy = uar,
            ValidationUar = uar, LearningRate = 1e-3, Seconds = 1.5,
    };

    private static void AssertEqual(EmotionNetwork left, EmotionNetwork right)
    {
        Dictionary<string, StoredTensor> wanted = StateDict.From(right);
        foreach ((string name, StoredTensor tensor) in StateDict.From(left))
            Assert.That(tensor.Data, Is.EqualTo(wanted[name].Data), name);
    }

    /// <summary>A network, the average of others, the moments and the history.</summary>
    private sealed class State : IDisposable
    {
        private readonly RunSettings settings;

        public State(int seed, int channels = 4)
        {
            settings = new RunSettings { Model = new ModelSettings { Channels = [channels], Residuals = 0 } };
            manual_seed(seed);
            Network = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, emotions: 2));
            Average = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, emotions: 2));
            Optimizer = new AdamW(Network, settings.Training);
        }

        public EmotionNetwork Network { get; }

        public EmotionNetwork Average { get; }

        public AdamW Optimizer { get; }

        public History History { get; } = new();

        public void Save(string path) => TrainingState.Save(path, new Checkpoint
        {
            Settings = settings,
            Labels = ["anger", "neutral"],
            Normaliser = new FeatureNormaliser(settings.Features.Normalisation, [], []),
            Weights = StateDict.From(Average),
        }, Network, Optimizer, History);

        public void Restore(string path) => TrainingState.Restore(path, Checkpoint.Load(path), Network, Average, Optimizer, History);

        public void Dispose()
        {
            Optimizer.Dispose();
            Average.Dispose();
            Network.Dispose();
        }
    }
}
