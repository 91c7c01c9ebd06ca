using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>Input of the network for one clip.</summary>
/// <param name="Frames">Normalised features: [features, frames].</param>
/// <param name="Statistics">Normalised utterance statistics: [features · statistics]; empty without a speaker variance model.</param>
internal sealed record NormalisedClip(FeatureMatrix Frames, float[] Statistics)
{
    /// <summary>
    /// Utterance statistics before normalisation, from which speaker statistics are computed; empty without a speaker variance model.
    /// </summary>
    public float[] RawStatistics { get; init; } = [];

    /// <summary>Per-speaker logit offset, which is subtracted from the logits of each member: [members · emotions]; empty: none.</summary>
    public float[] LogitOffset { get; init; } = [];
}
