using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>The voice of a stream as far as it was heard: what was enrolled and every window decided since, older ones forgotten little by little.</summary>
internal sealed class RunningVoice
{
    private readonly double memory;
    private readonly KnownVoice voice;

    /// <param name="enrolled">What was known before; null: nothing.</param>
    /// <param name="memory">Seconds of speech that are remembered at most, so that another speaker is followed; 0: what is heard does not count.</param>
    public RunningVoice(VoiceProfile? enrolled, double memory)
    {
        this.memory = memory;
        voice = enrolled?.Voice.Copy() ?? new KnownVoice();
    }

    /// <summary>What is known now; null: nothing.</summary>
    public KnownVoice? Known => voice.Seconds > 0 ? voice : null;

    /// <summary>Seconds of speech that are known.</summary>
    public double Seconds => voice.Seconds;

    /// <summary>Hears a window after it was judged.</summary>
    public void Hear(float[] statistics, float[] logits, double seconds)
    {
        if (memory <= 0 || statistics.Length == 0 || seconds <= 0)
            return;
        voice.Add(statistics, seconds, logits);
        voice.Fade(memory);
    }
}
