using SpeechEmotion.Adaptation;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Training;
using SpeechEmotion.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>An untrained model of three emotions: its outputs differ from sound to sound, which is all that a comparison needs.</summary>
internal static class TinyModel
{
    public static Checkpoint Checkpoint(LiveSettings? live = null)
    {
        RunSettings settings = SmallRun.Settings with { Live = live ?? new LiveSettings() };
        torch.manual_seed(11);
        using var network = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, SmallRun.Labels.Length));
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = SmallRun.Data(settings).Normaliser,
            Weights = StateDict.From(network),
        };
    }

    /// <summary>A model that adapts to the speaker, with a high-pass filter and one speech level.</summary>
    public static EmotionClassifier Adapting(LiveSettings? live = null, double logitCentring = 0) =>
        TorchClassifier.From(AdaptingCheckpoint(live, logitCentring));

    public static Checkpoint AdaptingCheckpoint(LiveSettings? live = null, double logitCentring = 0)
    {
        RunSettings settings = SmallRun.Settings with
        {
            Live = live ?? new LiveSettings(),
            Features = SmallRun.Settings.Features with
            {
                Normalisation = Normalisation.Speaker, Pitch = true, HighPassHz = 30, LevelDb = -26,
            },
            Model = SmallRun.Settings.Model with { Statistics = 5, LogitCentring = logitCentring },
        };
        torch.manual_seed(12);
        using var network = new EmotionNetwork(settings.Model, NetworkSizes.FromSettings(settings, SmallRun.Labels.Length));
        TrainingData data = SmallRun.Data(settings);
        int statistics = data.Training[0].Statistics.Length;
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = data.Normaliser with
            {
                SpeakerModel = new SpeakerVarianceModel(new float[statistics], [.. Enumerable.Repeat(100f, statistics)],
                    [.. Enumerable.Repeat(300f, statistics)], 2),
            },
            Weights = StateDict.From(network),
        };
    }

    public static EmotionClassifier Classifier(LiveSettings? live = null) => TorchClassifier.From(Checkpoint(live));
}
