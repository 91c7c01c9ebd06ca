using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>One utterance as training sees it.</summary>
/// <param name="Features">Raw features, not normalised: augmentation comes first.</param>
/// <param name="Label">Index into the model's labels.</param>
public sealed record LabelledClip(FeatureMatrix Features, int Label);
