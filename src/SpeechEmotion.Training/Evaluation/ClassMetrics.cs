using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>
/// The metrics of one emotion. A ratio without cases is 0, as in scikit-learn: the recall of an emotion without utterances means nothing.
/// </summary>
/// <param name="Precision">Share of the predictions of this emotion that are correct.</param>
/// <param name="Recall">Share of the utterances of this emotion that were recognised.</param>
/// <param name="F1">Harmonic mean of precision and recall.</param>
/// <param name="Support">Number of utterances of this emotion.</param>
public sealed record ClassMetrics(double Precision, double Recall, double F1, int Support)
{
    /// <summary>
    /// 95 % score interval of the recall over utterances; null for an emotion without any. Several predictions of one utterance count as
    /// one.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? RecallWilson95 { get; init; }
}
