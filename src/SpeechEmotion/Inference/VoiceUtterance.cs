using SpeechEmotion.Features;

namespace SpeechEmotion.Inference;

/// <summary>An utterance from which a voice becomes known.</summary>
/// <param name="Features">Raw features.</param>
/// <param name="Statistics">Their statistics over the utterance.</param>
/// <param name="Seconds">How much of it counts.</param>
internal sealed record VoiceUtterance(FeatureMatrix Features, float[] Statistics, double Seconds)
{
    /// <summary>The first utterances that last so long together, or all; no more are asked for.</summary>
    public static VoiceUtterance[] Lasting(double seconds, IEnumerable<VoiceUtterance> utterances)
    {
        double heard = 0;
        var first = new List<VoiceUtterance>();
        foreach (VoiceUtterance utterance in utterances)
        {
            if (heard >= seconds)
                break;
            first.Add(utterance);
            heard += utterance.Seconds;
        }
        return [.. first];
    }
}
