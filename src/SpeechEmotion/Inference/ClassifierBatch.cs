using SpeechEmotion.Adaptation;
using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>
/// Windows of many streams, decided together: the features of each as it is added, the network once for all. A server of many
/// callers adds what is due and runs the batch at every tick. For one thread.
/// </summary>
/// <example>
/// <code>
/// var batch = new ClassifierBatch(classifier);
/// foreach (Call call in calls)
///     batch.Add(call.LastSeconds, call.Tell); // samples at the model's rate
/// batch.Run();                                // call.Tell gets each call's probabilities
/// </code>
/// </example>
public sealed class ClassifierBatch
{
    private readonly EmotionClassifier classifier;
    private readonly List<FeatureMatrix> windows = [];
    private readonly List<Action<IReadOnlyList<float>>> callbacks = [];
    private readonly List<SpeakerStatistics?> speakers = [];

    /// <param name="classifier">The model; not disposed.</param>
    public ClassifierBatch(EmotionClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        this.classifier = classifier;
    }

    /// <summary>Windows that wait.</summary>
    public int Count => windows.Count;

    /// <summary>Adds a window of speech.</summary>
    /// <param name="samples">Mono samples at the model's rate (<see cref="Settings.FeatureSettings.SampleRate"/>), at least one.</param>
    /// <param name="tell">Gets its probabilities, in label order, from <see cref="Run"/>.</param>
    /// <param name="speaker">What is known of the voice; null: nothing.</param>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public void Add(ReadOnlySpan<float> samples, Action<IReadOnlyList<float>> tell, SpeakerProfile? speaker = null)
    {
        ArgumentNullException.ThrowIfNull(tell);
        windows.Add(classifier.Features(samples));
        callbacks.Add(tell);
        speakers.Add(speaker?.Statistics);
    }

    /// <summary>Decides all windows, each as if it were alone (to 1e-5), and empties the batch.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; the windows still wait.</exception>
    public void Run(CancellationToken cancellation = default)
    {
        float[][] probabilities = classifier.Probabilities(windows, speakers, cancellation);
        Action<IReadOnlyList<float>>[] waiting = [.. callbacks];
        windows.Clear();
        callbacks.Clear();
        speakers.Clear();
        for (int i = 0; i < waiting.Length; i++)
            waiting[i](probabilities[i]);
    }
}
