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
    /// <param name="cancellation">Stops between two seconds of the recording.</param>
    /// <exception cref="ArgumentException">The recording is empty.</exception>
    public static Prediction Classify(
        this EmotionClassifier classifier, Waveform recording, SpeakerProfile? speaker = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.Samples.Length == 0)
            throw new ArgumentException("the recording is empty", nameof(recording));
        var stream = new EmotionStream(classifier, recording.SampleRate, speaker, measures: false);
        List<StreamEvent> found = Drive(stream, recording, cancellation);
        StreamEvent summary = found[^1];
        WindowPrediction[] windows =
        [
            .. found.Where(each => each.Type == StreamEventType.Window)
                .Select(each => new WindowPrediction(each.Start!.Value, each.End!.Value, each.Probabilities!, each.Embedding!)),
        ];
        var embedding = new PooledMean(windows.Length == 0 ? 0 : windows[0].Embedding.Count);
        foreach (WindowPrediction window in windows)
            embedding.Add(window.Embedding, window.End - window.Start);
        return new Prediction(recording.Seconds, summary.Emotion!, summary.Confidence!.Value,
            summary.Probabilities ?? classifier.ByLabel(new float[classifier.Labels.Count]), windows, embedding.Mean());
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
            var stream = new EmotionStream(classifier, recording.SampleRate, measures: false)
            {
                WindowPooled = (window, seconds) =>
                {
                    pending.Add(new EnrolmentUtterance(window.Features!, window.Statistics, seconds));
                    if (pending.Count == MaxPendingWindows)
                        Accumulate();
                },
            };
            Drive(stream, recording, cancellation);
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

    /// <summary>Pushes a recording through a stream, a second at a time.</summary>
    private static List<StreamEvent> Drive(EmotionStream stream, Waveform recording, CancellationToken cancellation)
    {
        var found = new List<StreamEvent>();
        for (int at = 0; at < recording.Samples.Length; at += recording.SampleRate)
        {
            cancellation.ThrowIfCancellationRequested();
            found.AddRange(stream.Push(recording.Samples.AsSpan(at, Math.Min(recording.SampleRate, recording.Samples.Length - at))));
        }
        found.AddRange(stream.Finish());
        return found;
    }
}
