namespace SpeechEmotion.Adaptation;

/// <summary>
/// The result of enrolment, created by <c>EmotionClassifier.Enrol</c>: mean utterance statistics and mean logits of one speaker over
/// unlabelled recordings. With a profile, utterances are classified relative to these means.
/// </summary>
/// <remarks>
/// A profile is valid only for the model that created it. It is immutable; a stream adapts a copy of it.
/// </remarks>
public sealed class SpeakerProfile
{
    internal SpeakerProfile(SpeakerStatistics speaker) => Statistics = speaker;

    /// <summary>Duration of the enrolled speech in seconds.</summary>
    public double Seconds => Statistics.Seconds;

    internal SpeakerStatistics Statistics { get; }
}
