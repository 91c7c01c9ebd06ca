namespace SpeechEmotion.Adaptation;

/// <summary>
/// What is known of one voice from unlabelled speech: <c>EmotionClassifier.Enrol</c> makes it, and a classification that is
/// given it judges an utterance by how it differs from what this voice usually sounds like.
/// </summary>
/// <remarks>It fits the model that made it alone. Later utterances do not change it; a stream keeps a copy of its own that they do.</remarks>
public sealed class SpeakerProfile
{
    internal SpeakerProfile(SpeakerStatistics speaker) => Statistics = speaker;

    /// <summary>Seconds of speech of the voice that were heard.</summary>
    public double Seconds => Statistics.Seconds;

    internal SpeakerStatistics Statistics { get; }
}
