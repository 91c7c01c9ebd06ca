namespace SpeechEmotion.Evaluation;

/// <summary>The numbers of utterances in a report.</summary>
/// <param name="Counted">Utterances from which the metrics are computed.</param>
/// <param name="LeftOut">Utterances left out because the model lacks their label.</param>
/// <param name="LeftOutByLabel">Utterances left out, by label.</param>
public sealed record UtteranceCounts(int Counted, int LeftOut, IReadOnlyDictionary<string, int> LeftOutByLabel);
