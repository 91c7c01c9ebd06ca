using SpeechEmotion.Settings;

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

    /// <summary>Adds an utterance after it was classified, so that no utterance affects its own result.</summary>
    /// <param name="utterance">The statistics of its windows; empty for a model that has none.</param>
    public void Accumulate(SpeakerStatistics utterance)
    {
        if (memory <= 0 || utterance.Seconds <= 0)
            return;
        speaker.Add(utterance);
        speaker.Fade(memory);
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateArchive state) => speaker.Exchange(state);
}
