using SpeechEmotion.Augmentation;
using SpeechEmotion.Corpora;
using SpeechEmotion.Features;

namespace SpeechEmotion.Training;

/// <summary>One utterance as training sees it.</summary>
/// <param name="Features">Raw features, not normalised: augmentation comes first.</param>
/// <param name="Label">Index into the model's labels.</param>
/// <param name="Speaker">Name of the speaker; empty: unknown.</param>
internal sealed record LabelledClip(FeatureMatrix Features, int Label, string Speaker = "")
{
    private float[]? statistics;

    /// <summary>The sound itself; null unless training changes it.</summary>
    public Pcm16Samples? Waveform { get; init; }

    /// <summary>Statistics of the raw features over the utterance.</summary>
    public float[] Statistics => statistics ??= UtteranceStatistics.Compute(Features);
}
