namespace SpeechEmotion.Adaptation;

/// <summary>The voice of a stream as far as it was heard: what was enrolled and every window decided since, older ones forgotten little by little.</summary>
internal sealed class OnlineSpeakerAdaptation
{
    private readonly double memory;
    private readonly SpeakerStatistics speaker;

    /// <param name="enrolled">What was known before; null: nothing.</param>
    /// <param name="memory">Seconds of speech that are remembered at most, so that another speaker is followed; 0: what is heard does not count.</param>
    public OnlineSpeakerAdaptation(SpeakerProfile? enrolled, double memory)
    {
        this.memory = memory;
        speaker = enrolled?.Statistics.Copy() ?? new SpeakerStatistics();
    }

    /// <summary>What is known now; null: nothing.</summary>
    public SpeakerStatistics? Statistics => speaker.Seconds > 0 ? speaker : null;

    /// <summary>Seconds of speech that are known.</summary>
    public double Seconds => speaker.Seconds;

    /// <summary>Hears a window after it was judged.</summary>
    public void Accumulate(float[] statistics, float[] logits, double seconds)
    {
        if (memory <= 0 || statistics.Length == 0 || seconds <= 0)
            return;
        speaker.Add(statistics, seconds, logits);
        speaker.Fade(memory);
    }
}
