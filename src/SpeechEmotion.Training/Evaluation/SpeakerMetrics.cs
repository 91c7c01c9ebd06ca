namespace SpeechEmotion.Evaluation;

/// <summary>How well one speaker was recognised.</summary>
/// <param name="Accuracy">Share of the speaker's utterances that were recognised.</param>
/// <param name="Uar">Mean recall over the emotions that the speaker has.</param>
/// <param name="Support">Utterances of the speaker.</param>
public sealed record SpeakerMetrics(double Accuracy, double Uar, int Support);
