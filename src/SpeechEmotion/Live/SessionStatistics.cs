using SpeechEmotion.Inference;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Live;

/// <summary>Turns what the classifier finds into events, and keeps account of it for the summary.</summary>
/// <param name="labels">The model's labels.</param>
/// <param name="adapts">Whether the model adapts to voices.</param>
/// <param name="uncertainBelow">Confidence below which an emotion is uncertain.</param>
internal sealed class SessionStatistics(IReadOnlyList<string> labels, bool adapts = false, double uncertainBelow = 0)
{
    private readonly PooledDecision pool = new(labels.Count);
    private readonly double[] emotionSeconds = new double[labels.Count];
    private readonly LatencyHistogram latencies = new();
    private double speechSeconds, confidences;
    private int utterances, uncertain;

    /// <summary>Seconds of sound lost.</summary>
    public double LostSeconds { get; set; }


    /// <summary>Time spent on features and network.</summary>
    public TimeSpan Work { get; set; }

    /// <summary>Milliseconds that the last measurement took.</summary>
    public double LastLatency { get; private set; }

    /// <summary>The event for what was found; null for what is no event.</summary>
    /// <param name="found">What the classifier found.</param>
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
                pool.Add(new WindowPrediction(found.Start, found.End, found.Probabilities));
                return null;
            case StreamEventKind.Measurement:
                latencies.Add(LastLatency = latency);
                return WithDecision(new LiveEvent(LiveEventType.Measurement, found.Time) { Start = found.Start, End = found.End, SpeakerSeconds = adapts ? found.SpeakerSeconds : null }, found.Probabilities);
            default:
                latencies.Add(LastLatency = latency);
                int best = PooledDecision.ArgMax(found.Probabilities);
                utterances++;
                uncertain += IsUncertain(found.Probabilities, best) ? 1 : 0;
                speechSeconds += found.End - found.Start;
                emotionSeconds[best] += found.End - found.Start;
                confidences += found.Probabilities[best];
                return WithDecision(new LiveEvent(LiveEventType.UtteranceEnd, found.Time) { Start = found.Start, End = found.End, SpeakerSeconds = adapts ? found.SpeakerSeconds : null }, found.Probabilities);
        }
    }

    /// <summary>The last event, after so many seconds of sound.</summary>
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
        return pool.IsEmpty ? last with { Emotion = Prediction.NoSpeech, Confidence = 0 } : WithDecision(last, pool.Probabilities());
    }

    private LiveEvent WithDecision(LiveEvent liveEvent, IReadOnlyList<float> probabilities)
    {
        int best = PooledDecision.ArgMax(probabilities);
        return liveEvent with
        {
            Emotion = labels[best],
            Confidence = probabilities[best],
            Uncertain = IsUncertain(probabilities, best),
            Probabilities = new OrderedDictionary<string, float>(labels.Select((label, i) => KeyValuePair.Create(label, probabilities[i]))),
        };
    }

    private bool IsUncertain(IReadOnlyList<float> probabilities, int best) => probabilities[best] < uncertainBelow;
}
