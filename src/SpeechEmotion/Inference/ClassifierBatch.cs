using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>
/// Classifies windows of many streams together: features are extracted as a window is added, the network runs once for all. A server
/// of many callers creates its <c>EmotionStream</c>s with a batch, pushes what has arrived and runs the batch at every tick. It can
/// also add windows of its own. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// var batch = new ClassifierBatch(model);
/// foreach (Call call in calls)
///     batch.Add(call.LastSeconds, call.Show); // samples at the model's rate
/// batch.Run();                                // call.Show receives the probabilities of its call
/// </code>
/// </example>
public sealed class ClassifierBatch
{
    private readonly List<FeatureMatrix> windows = [];
    private readonly List<Action<ClassifiedWindow>> receivers = [];
    private readonly List<SpeakerStatistics?> speakers = [];

    /// <param name="model">The model; not disposed.</param>
    public ClassifierBatch(EmotionClassifier model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
    }

    /// <summary>The model.</summary>
    public EmotionClassifier Model { get; }

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
        Add(Model.Features(samples), speaker?.Statistics, result => callback(Model.ByLabel(result.Probabilities)));
    }

    /// <summary>
    /// Classifies all windows and empties the batch. A stream may add its next windows meanwhile: they are classified too. The result
    /// of a window does not depend on the others, to 1e-5.
    /// </summary>
    /// <exception cref="OperationCanceledException">The run was cancelled; the windows still wait.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        while (windows.Count > 0)
        {
            ClassifiedWindow[] results = Model.Classify(windows, speakers, cancellation);
            Action<ClassifiedWindow>[] waiting = [.. receivers];
            windows.Clear();
            receivers.Clear();
            speakers.Clear();
            for (int i = 0; i < waiting.Length; i++)
                waiting[i](results[i]);
        }
    }

    /// <summary>Adds a window by its raw features.</summary>
    /// <param name="features">The features.</param>
    /// <param name="speaker">The speaker, which must not change before the run; null: none.</param>
    /// <param name="receiver">Receives the result on the thread of <see cref="Run"/>.</param>
    internal void Add(FeatureMatrix features, SpeakerStatistics? speaker, Action<ClassifiedWindow> receiver)
    {
        windows.Add(features);
        speakers.Add(speaker);
        receivers.Add(receiver);
    }
}
