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
        ArgumentNullException.ThrowIfNull(recording);
        using var reader = new AudioReader("the recording", recording);
        return classifier.Classify(reader, speaker, cancellation);
    }

    /// <summary>Classifies a recording while it is read, so that memory does not grow with its length.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="recording">The recording, read to its end; not disposed.</param>
    /// <param name="speaker">The enrolled speaker; null: none.</param>
    /// <param name="cancellation">Stops between two seconds of the recording.</param>
    /// <exception cref="ArgumentException">The recording is empty.</exception>
    /// <exception cref="InvalidDataException">A part of the file is no valid audio.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Prediction Classify(
        this EmotionClassifier classifier, AudioReader recording, SpeakerProfile? speaker = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(recording);
        var stream = new EmotionStream(classifier, recording.SampleRate, speaker, measures: false);
        var windows = new List<WindowPrediction>();
        PooledMean? embedding = null;
        StreamEvent last = Drive(stream, recording, found =>
        {
            if (found.Type != StreamEventType.Window)
                return;
            windows.Add(new WindowPrediction(found.Start!.Value, found.End!.Value, found.Probabilities!, found.Embedding!));
            embedding ??= new PooledMean(found.Embedding!.Count);
            embedding.Add(found.Embedding!, found.End!.Value - found.Start!.Value);
        }, cancellation);
        if (stream.Position == 0)
            throw new ArgumentException("the recording is empty", nameof(recording));
        return new Prediction((double)stream.Position / recording.SampleRate, last.Emotion!, last.Confidence!.Value,
            last.Probabilities ?? classifier.ByLabel(new float[classifier.Labels.Count]), windows, embedding?.Mean() ?? []);
    }

    /// <summary>
    /// Enrols a speaker from all speech in recordings of any rate, without labels. A model that does not adapt to speakers ignores
    /// the profile.
    /// </summary>
    /// <exception cref="ArgumentException">There is no speech in the recordings.</exception>
    public static SpeakerProfile Enrol(
        this EmotionClassifier classifier, IEnumerable<Waveform> recordings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        return classifier.Enrol(recordings.Select(recording => new AudioReader("the recording", recording)), cancellation);
    }

    /// <summary>Enrols a speaker from recordings while they are read.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="recordings">The recordings, read one after the other and disposed.</param>
    /// <param name="cancellation">Stops between two seconds of a recording.</param>
    /// <exception cref="ArgumentException">There is no speech in the recordings.</exception>
    /// <exception cref="InvalidDataException">A part of a file is no valid audio.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SpeakerProfile Enrol(
        this EmotionClassifier classifier, IEnumerable<AudioReader> recordings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(recordings);
        SpeakerStatistics features = new(), speaker = new();
        var pending = new List<EnrolmentUtterance>();
        foreach (AudioReader recording in recordings)
        {
            using AudioReader reader = recording;
            var stream = new EmotionStream(classifier, reader.SampleRate, measures: false)
            {
                WindowPooled = (window, seconds) =>
                {
                    pending.Add(new EnrolmentUtterance(window.Features!, window.Statistics, seconds));
                    if (pending.Count == MaxPendingWindows)
                        Accumulate();
                },
            };
            Drive(stream, reader, _ => { }, cancellation);
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
    /// <returns>The last event: the summary.</returns>
    private static StreamEvent Drive(EmotionStream stream, AudioReader recording, Action<StreamEvent> use, CancellationToken cancellation)
    {
        float[] second = new float[recording.SampleRate];
        for (int count; (count = recording.Read(second, cancellation)) > 0;)
            foreach (StreamEvent found in stream.Push(second.AsSpan(0, count)))
                use(found);
        IReadOnlyList<StreamEvent> last = stream.Finish();
        foreach (StreamEvent found in last)
            use(found);
        return last[^1];
    }
}
