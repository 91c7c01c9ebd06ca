namespace SpeechEmotion.Live;

/// <summary>A segment of a stream with one emotion.</summary>
/// <param name="Utterance">Number of the utterance that it is part of, from 1.</param>
/// <param name="Start">Seconds from the start of the stream.</param>
/// <param name="End">Seconds from the start of the stream.</param>
/// <param name="Emotion">The label.</param>
/// <param name="Confidence">Its probability.</param>
/// <param name="Probabilities">Probability of each label, in the model's order.</param>
public sealed record TimelineBand(
    int Utterance, double Start, double End, string Emotion, double Confidence, OrderedDictionary<string, float> Probabilities);
