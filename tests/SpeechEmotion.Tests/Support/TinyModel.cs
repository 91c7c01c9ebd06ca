using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Training;
using SpeechEmotion.Training;
using TorchSharp;

namespace SpeechEmotion.Tests.Support;

/// <summary>A model of three emotions that was never trained: it says something different of every sound, which is all a comparison needs.</summary>
internal static class TinyModel
{
    public static Checkpoint Checkpoint(LiveSettings? live = null)
    {
        RunSettings settings = SmallRun.Settings with { Live = live ?? new LiveSettings() };
        torch.manual_seed(11);
        using var network = new EmotionNetwork(settings.Model, NetworkSizes.Of(settings, SmallRun.Labels.Length));
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = SmallRun.Data(settings).Normaliser,
            Weights = StoredState.Of(network),
        };
    }

    /// <summary>One that adapts to the voices it hears.</summary>
    public static EmotionClassifier Adapting(LiveSettings? live = null, double voicePrior = 0) => new(AdaptingCheckpoint(live, voicePrior));

    public static Checkpoint AdaptingCheckpoint(LiveSettings? live = null, double voicePrior = 0)
    {
        RunSettings settings = SmallRun.Settings with
        {
            Live = live ?? new LiveSettings(),
            Features = SmallRun.Settings.Features with { Normalisation = Normalisation.Voice, Pitch = true },
            Model = SmallRun.Settings.Model with { Statistics = 5, VoicePrior = voicePrior },
        };
        torch.manual_seed(12);
        using var network = new EmotionNetwork(settings.Model, NetworkSizes.Of(settings, SmallRun.Labels.Length));
        TrainingData data = SmallRun.Data(settings);
        int statistics = data.Training[0].Statistics.Length;
        return new Checkpoint
        {
            Settings = settings,
            Labels = SmallRun.Labels,
            Normaliser = data.Normaliser with
            {
                Voices = new VoiceModel(new float[statistics], [.. Enumerable.Repeat(100f, statistics)], [.. Enumerable.Repeat(300f, statistics)], 2),
            },
            Weights = StoredState.Of(network),
        };
    }

    public static EmotionClassifier Classifier(LiveSettings? live = null) => new(Checkpoint(live));
}
