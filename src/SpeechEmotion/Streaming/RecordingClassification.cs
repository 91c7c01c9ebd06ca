using SpeechEmotion.Adaptation;
using SpeechEmotion.Audio;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Streaming;

/// <summary>Classification of complete recordings, and enrolment from them. Both detect utterances as a live stream does.</summary>
public static class RecordingClassification
{
    /// <summary>Windows of a speaker that the network runs as one batch; it bounds the memory of an enrolment.</summary>
    private const int MaxPendingWindows = 256;

    /// <summary>
    /// Classifies a recording of any rate. An utterance is one window, a long one several; their probabilities are pooled. A
    /// recording without speech gets the emotion <see cref="Prediction.NoSpeech"/>.
    /// </summary>
    /// <remarks>A model that adapts to speakers adapts to the speaker of the recording, utterance by utterance.</remarks>
    /// <param name="classifier">The model.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="speaker">The enrolled speaker; null: none.</param>
    /// <param name="cancellation">Stops between two chunks of a quarter of a second.</param>
    /// <exception cref="ArgumentException">The recording is empty.</exception>
    public static Prediction Classify(
        this EmotionClassifier classifier, Waveform recording, SpeakerProfile? speaker = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.Samples.Length == 0)
            throw new ArgumentException("the recording is empty", nameof(recording));
        var windows = new List<WindowPrediction>();
        float[] embedding = [];
        var stream = new StreamClassifier(classifier, recording.SampleRate, measures: false, found =>
        {
            if (found.Kind == StreamEventKind.Window)
                windows.Add(new WindowPrediction(found.Start, found.End, classifier.ByLabel(found.Probabilities), embedding));
        }, speaker)
        {
            WindowClassified = (window, _) => embedding = window.Embedding, // the event of this window follows
        };
        stream.Push(recording.Samples, cancellation);
        stream.Finish();
        float[] pooled = Mean(classifier.Labels.Count, window => window.Probabilities.Values);
        int best = PooledMean.ArgMax(pooled);
        string emotion = windows.Count == 0 ? Prediction.NoSpeech : classifier.Labels[best];
        return new Prediction(recording.Seconds, emotion, pooled[best], classifier.ByLabel(pooled), windows,
            Mean(embedding.Length, window => window.Embedding));

        float[] Mean(int width, Func<WindowPrediction, IReadOnlyList<float>> vector)
        {
            var mean = new PooledMean(width);
            foreach (WindowPrediction window in windows)
                mean.Add(vector(window), window.End - window.Start);
            return mean.Mean();
        }
    }

    /// <summary>
    /// Enrols a speaker from all speech in recordings of any rate, without labels. A model that does not adapt to speakers ignores
    /// the profile.
    /// </summary>
    /// <exception cref="ArgumentException">There is no speech in the recordings.</exception>
    public static SpeakerProfile Enrol(
        this EmotionClassifier classifier, IEnumerable<Waveform> recordings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(recordings);
        SpeakerStatistics features = new(), speaker = new();
        var pending = new List<EnrolmentUtterance>();
        foreach (Waveform recording in recordings)
        {
            var stream = new StreamClassifier(classifier, recording.SampleRate, measures: false, _ => { })
            {
                WindowClassified = (window, seconds) =>
                {
                    pending.Add(new EnrolmentUtterance(window.Features, window.Statistics, seconds));
                    if (pending.Count == MaxPendingWindows)
                        Accumulate();
                },
            };
            stream.Push(recording.Samples, cancellation);
            stream.Finish();
        }
        Accumulate();
        return speaker.Seconds > 0
            ? new SpeakerProfile(speaker) : throw new ArgumentException("the recordings hold no speech", nameof(recordings));

        void Accumulate()
        {
            classifier.Accumulate(pending, features, speaker, cancellation);
            pending.Clear();
        }
    }
}
