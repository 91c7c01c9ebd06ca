using SpeechEmotion.Features;
using SpeechEmotion.Inference;
using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Tests.Training;
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

    public static EmotionClassifier Classifier(LiveSettings? live = null) => new(Checkpoint(live));
}
