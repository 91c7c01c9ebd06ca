using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Inference;

/// <summary>Widths of a network's input and output.</summary>
/// <param name="Features">Rows of the feature matrix.</param>
/// <param name="Statistics">Statistics of an utterance; 0: the network has no statistics branch.</param>
/// <param name="Emotions">Number of labels.</param>
internal readonly record struct NetworkSizes(int Features, int Statistics, int Emotions)
{
    /// <summary>Computes the sizes from settings.</summary>
    public static NetworkSizes FromSettings(RunSettings settings, int emotions)
    {
        int features = new FeatureLayout(settings.Features).Count;
        return new NetworkSizes(features, settings.Model.Statistics > 0 ? CountStatistics(settings) : 0, emotions);
    }

    /// <summary>Number of statistics of an utterance.</summary>
    public static int CountStatistics(RunSettings settings) =>
        new FeatureLayout(settings.Features).Count * UtteranceStatistics.Names.Count;
}
