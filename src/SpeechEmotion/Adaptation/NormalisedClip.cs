using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>A clip as the network sees it.</summary>
/// <param name="Frames">Normalised features: [features, frames].</param>
/// <param name="Statistics">Normalised statistics over the utterance: [features · statistics]; empty for a network without them.</param>
internal sealed record NormalisedClip(FeatureMatrix Frames, float[] Statistics)
{
    /// <summary>The statistics before they were normalised: what tells of the voice; empty where none are needed.</summary>
    public float[] RawStatistics { get; init; } = [];

    /// <summary>What is taken from the logits of every member in turn: [members · emotions]; empty: nothing.</summary>
    public float[] LogitOffset { get; init; } = [];
}
