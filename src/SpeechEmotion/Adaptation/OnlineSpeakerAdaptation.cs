namespace SpeechEmotion.Adaptation;

/// <summary>
/// Speaker statistics of a stream: those of enrolment and of each window classified since, where older speech gradually loses weight.
/// </summary>
internal sealed class OnlineSpeakerAdaptation
{
    private readonly double memory;
    private readonly SpeakerStatistics speaker;

    /// <param name="enrolled">Profile of the enrolled speaker; null without enrolment.</param>
    /// <param name="memory">
    /// Most seconds of speech in the statistics, so that a change of speaker is followed; 0: the statistics stay those of enrolment.
    /// </param>
    public OnlineSpeakerAdaptation(SpeakerProfile? enrolled, double memory)
    {
        this.memory = memory;
        speaker = enrolled?.Statistics.Copy() ?? new SpeakerStatistics();
    }

    /// <summary>Current statistics of the speaker; null before any speech.</summary>
    public SpeakerStatistics? Statistics => speaker.Seconds > 0 ? speaker : null;

    /// <summary>Seconds of speech in the statistics.</summary>
    public double Seconds => speaker.Seconds;

    /// <summary>Adds a window after its utterance was classified, so that no utterance affects its own result.</summary>
    /// <param name="statistics">Utterance statistics before normalisation: [features · statistics].</param>
    /// <param name="logits">Logits before centring: [members · emotions]; empty if the model has no logit centring.</param>
    /// <param name="seconds">Duration of its speech that earlier windows did not contain.</param>
    public void Accumulate(float[] statistics, float[] logits, double seconds)
    {
        if (memory <= 0 || statistics.Length == 0 || seconds <= 0)
            return;
        speaker.Add(statistics, seconds, logits);
        speaker.Fade(memory);
    }
}
