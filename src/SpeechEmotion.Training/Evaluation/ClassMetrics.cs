namespace SpeechEmotion.Evaluation;

/// <summary>How well one emotion was recognised. A ratio without cases is 0, as in scikit-learn.</summary>
/// <param name="Precision">Share of the predictions of this emotion that are right.</param>
/// <param name="Recall">Share of this emotion's utterances that were recognised.</param>
/// <param name="F1">Harmonic mean of precision and recall.</param>
/// <param name="Support">Utterances of this emotion.</param>
public sealed record ClassMetrics(double Precision, double Recall, double F1, int Support);
