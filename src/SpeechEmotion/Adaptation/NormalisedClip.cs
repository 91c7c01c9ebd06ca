using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>A clip as input of the network.</summary>
/// <param name="Frames">Normalised features: [features, frames].</param>
/// <param name="Statistics">Normalised statistics over the utterance: [features · statistics]; empty for a network without them.</param>
public sealed record NormalisedClip(FeatureMatrix Frames, float[] Statistics)
{
    /// <summary>The statistics before normalisation, from which a speaker is estimated; empty where none are needed.</summary>
    internal float[] RawStatistics { get; init; } = [];
}
