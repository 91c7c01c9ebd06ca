using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>An utterance from which a voice becomes known.</summary>
/// <param name="Features">Raw features.</param>
/// <param name="Statistics">Their statistics over the utterance.</param>
/// <param name="Seconds">How much of it counts.</param>
internal sealed record VoiceUtterance(FeatureMatrix Features, float[] Statistics, double Seconds);
