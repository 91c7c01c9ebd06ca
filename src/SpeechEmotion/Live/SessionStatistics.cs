using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>Converts stream events to live events, and accumulates the statistics of the summary.</summary>
/// <param name="labels">The model's labels.</param>
/// <param name="adapts">Whether the model adapts to speakers.</param>
/// <param name="uncertainBelow">Confidence below which an emotion is uncertain.</param>
internal sealed class SessionStatistics(IReadOnlyList<string> labels, bool adapts = false, double uncertainBelow = 0)
{
    private readonly PooledMean pool = new(labels.Count);
    private readonly double[] emotionSeconds = new double[labels.Count];
    private readonly LatencyHistogram latencies = new();
    private double speechSeconds, confidences;
    private int utterances, uncertain;

    /// <summary>Seconds of audio lost.</summary>
    public double LostSeconds { get; set; }

    /// <summary>Processing time, without waits for the consumer.</summary>
    public TimeSpan Work { get; set; }

    /// <summary>Latency of the last measurement in milliseconds.</summary>
    public double LastLatency { get; private set; }

    /// <summary>Converts a stream event; null for a window, which is only pooled.</summary>
    /// <param name="found">The event of the classifier.</param>
    /// <param name="latency">Milliseconds since its last sample arrived.</param>
    public LiveEvent? Accept(StreamEvent found, double latency)
    {
        switch (found.Kind)
        {
            case StreamEventKind.NoSpeech:
                return new LiveEvent(LiveEventType.NoSpeech, found.Time) { Start = found.Start };
            case StreamEventKind.UtteranceStart:
                return new LiveEvent(LiveEventType.UtteranceStart, found.Time) { Start = found.Start };
            case StreamEventKind.Window:
                pool.Add(found.Probabilities, found.End - found.Start);
                return null;
            case StreamEventKind.Measurement:
                latencies.Add(LastLatency = latency);
                return Classified(LiveEventType.Measurement, found);
            default:
                latencies.Add(LastLatency = latency);
                int best = PooledMean.ArgMax(found.Probabilities);
                utterances++;
                uncertain += IsUncertain(found.Probabilities, best) ? 1 : 0;
                speechSeconds += found.End - found.Start;
                emotionSeconds[best] += found.End - found.Start;
                confidences += found.Probabilities[best];
                return Classified(LiveEventType.UtteranceEnd, found);
        }
    }

    /// <summary>The last event, for a stream of a length in seconds.</summary>
    public LiveEvent Summary(double seconds)
    {
        var summary = new LiveSummary(
            seconds, utterances, speechSeconds, utterances == 0 ? 0 : confidences / utterances,
            new OrderedDictionary<string, double>(labels.Select((label, i) => KeyValuePair.Create(label, emotionSeconds[i]))),
            latencies.Quantile(0.5), latencies.Quantile(0.95), latencies.Quantile(0.99), seconds > 0 ? Work.TotalSeconds / seconds : 0)
        {
            Uncertain = uncertain,
            LostSeconds = LostSeconds,
        };
        var last = new LiveEvent(LiveEventType.Summary, seconds) { Summary = summary };
        return pool.IsEmpty ? last with { Emotion = Prediction.NoSpeech, Confidence = 0 } : WithDecision(last, pool.Mean());
    }

    private LiveEvent Classified(LiveEventType type, StreamEvent found)
    {
        var liveEvent = new LiveEvent(type, found.Time)
        {
            Start = found.Start,
            End = found.End,
            SpeakerSeconds = adapts ? found.SpeakerSeconds : null,
        };
        return WithDecision(liveEvent, found.Probabilities);
    }

    private LiveEvent WithDecision(LiveEvent liveEvent, IReadOnlyList<float> probabilities)
    {
        int best = PooledMean.ArgMax(probabilities);
        return liveEvent with
        {
            Emotion = labels[best],
            Confidence = probabilities[best],
            Uncertain = IsUncertain(probabilities, best),
            Probabilities = EmotionClassifier.ByLabel(labels, probabilities),
        };
    }

    private bool IsUncertain(IReadOnlyList<float> probabilities, int best) => probabilities[best] < uncertainBelow;
}
