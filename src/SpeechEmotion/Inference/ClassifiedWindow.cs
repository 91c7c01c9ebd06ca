using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>Result of the classification of one window.</summary>
/// <param name="Probabilities">In label order.</param>
/// <param name="Features">Raw features; null where nobody needs them any more.</param>
/// <param name="Statistics">Statistics of the raw features over the window; empty where the model needs none.</param>
/// <param name="Logits">Logits of each ensemble member in turn, before logit centring.</param>
/// <param name="Embedding">The vector before the last layer of each member in turn.</param>
internal sealed record ClassifiedWindow(
    float[] Probabilities, FeatureMatrix? Features, float[] Statistics, float[] Logits, float[] Embedding);
