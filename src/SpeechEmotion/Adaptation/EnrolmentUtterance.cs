using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>An utterance from which a voice becomes known.</summary>
/// <param name="Features">Raw features.</param>
/// <param name="Statistics">Their statistics over the utterance.</param>
/// <param name="Seconds">How much of it counts.</param>
internal sealed record EnrolmentUtterance(FeatureMatrix Features, float[] Statistics, double Seconds)
{
    /// <summary>The first utterances that last so long together, or all; no more are asked for.</summary>
    public static EnrolmentUtterance[] TakeSeconds(double seconds, IEnumerable<EnrolmentUtterance> utterances)
    {
        double heard = 0;
        var first = new List<EnrolmentUtterance>();
        foreach (EnrolmentUtterance utterance in utterances)
        {
            if (heard >= seconds)
                break;
            first.Add(utterance);
            heard += utterance.Seconds;
        }
        return [.. first];
    }
}
