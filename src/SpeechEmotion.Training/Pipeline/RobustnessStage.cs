using SpeechEmotion.Corpora;
using SpeechEmotion.Evaluation.Robustness;
using SpeechEmotion.Inference;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>The robustness test as a stage of an evaluation, with progress and within its threads.</summary>
internal static class RobustnessStage
{
    /// <summary>Tests a model on the utterances of an evaluation.</summary>
    public static IReadOnlyList<RobustnessMetrics> Run(
        EmotionClassifier classifier, CorpusListing listing, IReadOnlyList<CorpusItem> items, RunSettings settings, RunOptions options,
        IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var test = new RobustnessTest(classifier, listing, items, settings, cancellation);
        // Each chunk runs the network on the threads that libtorch has.
        return test.Run(Math.Max(1, options.Threads / settings.Training.TorchThreads),
            StageReport.Create(progress, $"robustness in {test.Conditions} conditions", test.Classifications));
    }
}
