using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>
/// Classifies windows of many streams together: features are extracted as a window is added, the network runs once for all. A server
/// of many callers adds the windows that are due and runs the batch at every tick. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// var batch = new ClassifierBatch(classifier);
/// foreach (Call call in calls)
///     batch.Add(call.LastSeconds, call.Show); // samples at the model's rate
/// batch.Run();                                // call.Show receives the probabilities of its call
/// </code>
/// </example>
public sealed class ClassifierBatch
{
    private readonly EmotionClassifier classifier;
    private readonly List<FeatureMatrix> windows = [];
    private readonly List<Action<OrderedDictionary<string, float>>> callbacks = [];
    private readonly List<SpeakerStatistics?> speakers = [];

    /// <param name="classifier">The model; not disposed.</param>
    public ClassifierBatch(EmotionClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        this.classifier = classifier;
    }

    /// <summary>Number of windows that wait.</summary>
    public int Count => windows.Count;

    /// <summary>Adds a window of speech.</summary>
    /// <param name="samples">Mono samples at the model's rate (<see cref="Settings.FeatureSettings.SampleRate"/>), at least one.</param>
    /// <param name="callback">Receives its probabilities by label, in the model's order, on the thread of <see cref="Run"/>.</param>
    /// <param name="speaker">The enrolled speaker; null: none.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public void Add(ReadOnlySpan<float> samples, Action<OrderedDictionary<string, float>> callback, SpeakerProfile? speaker = null)
    {
        ArgumentNullException.ThrowIfNull(callback);
        windows.Add(classifier.Features(samples));
        callbacks.Add(callback);
        speakers.Add(speaker?.Statistics);
    }

    /// <summary>Classifies all windows and empties the batch. The result of a window does not depend on the others, to 1e-5.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled; the windows still wait.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        float[][] probabilities = classifier.Probabilities(windows, speakers, cancellation);
        Action<OrderedDictionary<string, float>>[] waiting = [.. callbacks];
        windows.Clear();
        callbacks.Clear();
        speakers.Clear();
        for (int i = 0; i < waiting.Length; i++)
            waiting[i](classifier.ByLabel(probabilities[i]));
    }
}
