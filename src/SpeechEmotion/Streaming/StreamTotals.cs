using SpeechEmotion.Inference;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Streaming;

/// <summary>Accumulates the statistics of a stream's summary, and names the emotion of probabilities.</summary>
/// <param name="labels">The model's labels.</param>
/// <param name="uncertainBelow">Confidence below which an emotion is uncertain.</param>
internal sealed class StreamTotals(IReadOnlyList<string> labels, double uncertainBelow)
{
    private readonly PooledMean pool = new(labels.Count);
    private readonly double[] emotionSeconds = new double[labels.Count];
    private double speechSeconds, confidences;
    private int utterances, uncertain;

    /// <summary>Seconds of audio lost.</summary>
    public double LostSeconds { get; set; }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state)
    {
        pool.Exchange(state);
        state.Fill(emotionSeconds);
        (speechSeconds, confidences) = (state.Exchange(speechSeconds), state.Exchange(confidences));
        (utterances, uncertain) = (state.Exchange(utterances), state.Exchange(uncertain));
        LostSeconds = state.Exchange(LostSeconds);
    }

    /// <summary>Adds a pooled window.</summary>
    public void AddWindow(float[] probabilities, double seconds) => pool.Add(probabilities, seconds);

    /// <summary>Adds an utterance.</summary>
    public void AddUtterance(float[] probabilities, double seconds)
    {
        int best = PooledMean.ArgMax(probabilities);
        utterances++;
        uncertain += IsUncertain(probabilities[best]) ? 1 : 0;
        speechSeconds += seconds;
        emotionSeconds[best] += seconds;
        confidences += probabilities[best];
    }

    /// <summary>The event with its emotion.</summary>
    public StreamEvent Decided(StreamEvent found, float[] probabilities)
    {
        int best = PooledMean.ArgMax(probabilities);
        return found with
        {
            Emotion = labels[best],
            Confidence = probabilities[best],
            Uncertain = IsUncertain(probabilities[best]),
            Probabilities = EmotionClassifier.ByLabel(labels, probabilities),
        };
    }

    /// <summary>The last event, for a stream of a length in seconds.</summary>
    public StreamEvent Summary(double seconds)
    {
        var last = new StreamEvent(StreamEventType.Summary, seconds)
        {
            Summary = new StreamSummary(
                seconds, utterances, speechSeconds, utterances == 0 ? 0 : confidences / utterances,
                new OrderedDictionary<string, double>(labels.Select((label, i) => KeyValuePair.Create(label, emotionSeconds[i]))))
            {
                Uncertain = uncertain,
                LostSeconds = LostSeconds,
            },
        };
        return pool.IsEmpty ? last with { Emotion = Prediction.NoSpeech, Confidence = 0 } : Decided(last, pool.Mean());
    }

    private bool IsUncertain(float confidence) => confidence < uncertainBelow;
}
