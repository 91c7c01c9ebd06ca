namespace SpeechEmotion.Features;

/// <summary>Consecutive rows of one kind in a feature matrix.</summary>
/// <param name="Kind">Kind of the rows.</param>
/// <param name="First">Index of the first row.</param>
/// <param name="Count">Number of rows.</param>
public readonly record struct FeatureBlock(FeatureKind Kind, int First, int Count);
