using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>One utterance of the training or validation part.</summary>
/// <param name="Features">Features [features, frames], not normalised, because augmentation comes first.</param>
/// <param name="Label">Index into the model's labels.</param>
/// <param name="Speaker">Name of the speaker; empty: unknown.</param>
internal sealed record LabelledClip(FeatureMatrix Features, int Label, string Speaker = "")
{
    private float[]? statistics;

    /// <summary>Name of the corpus that it comes from.</summary>
    public string Corpus { get; init; } = "";

    /// <summary>The samples; null unless the settings ask for waveform augmentation.</summary>
    public Pcm16Samples? Waveform { get; init; }

    /// <summary>Utterance statistics of the features, not normalised: [features · statistics].</summary>
    public float[] Statistics => statistics ??= UtteranceStatistics.Compute(Features);
}
