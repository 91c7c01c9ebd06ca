using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>What a window is judged to be, and what it tells of its voice.</summary>
/// <param name="Probabilities">In label order.</param>
/// <param name="Features">Raw features.</param>
/// <param name="Statistics">Their statistics over the window; empty where the model needs none.</param>
/// <param name="Logits">What every member of the network said in turn, before what it usually says of the voice was taken away.</param>
internal sealed record ClassifiedWindow(float[] Probabilities, FeatureMatrix Features, float[] Statistics, float[] Logits);
