using SpeechEmotion.Features;

namespace SpeechEmotion.Adaptation;

/// <summary>An utterance by which a speaker is enrolled.</summary>
/// <param name="Features">Features before normalisation: [features, frames].</param>
/// <param name="Statistics">Utterance statistics of these features: [features · statistics].</param>
/// <param name="Seconds">Duration of its speech in seconds, by which it is weighted.</param>
internal sealed record EnrolmentUtterance(FeatureMatrix Features, float[] Statistics, double Seconds)
{
    /// <summary>
    /// The first utterances with a total duration of at least <paramref name="seconds"/>, or all. The rest is not enumerated.
    /// </summary>
    public static EnrolmentUtterance[] TakeSeconds(double seconds, IEnumerable<EnrolmentUtterance> utterances)
    {
        double total = 0;
        var first = new List<EnrolmentUtterance>();
        foreach (EnrolmentUtterance utterance in utterances)
        {
            if (total >= seconds)
                break;
            first.Add(utterance);
            total += utterance.Seconds;
        }
        return [.. first];
    }
}
