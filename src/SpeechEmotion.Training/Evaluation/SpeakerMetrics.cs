namespace SpeechEmotion.Evaluation;

/// <summary>The metrics on the utterances of one speaker.</summary>
/// <param name="Accuracy">Share of the speaker's utterances that were recognised.</param>
/// <param name="Uar">Mean recall over the emotions of these utterances.</param>
/// <param name="Support">Number of utterances of the speaker.</param>
public sealed record SpeakerMetrics(double Accuracy, double Uar, int Support);
