namespace SpeechEmotion.Evaluation;

/// <summary>How many utterances a report's figures rest on.</summary>
/// <param name="Counted">Utterances behind the figures.</param>
/// <param name="LeftOut">Utterances left out because the model lacks their label.</param>
/// <param name="LeftOutByLabel">The same by label.</param>
public sealed record UtteranceCounts(int Counted, int LeftOut, IReadOnlyDictionary<string, int> LeftOutByLabel);
