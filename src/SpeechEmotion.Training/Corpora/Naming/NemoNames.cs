using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of nEMO, the Polish corpus of emotional speech: <c>TP0_sadness_83.wav</c> is speaker, emotion and number of the sentence, which is
/// used as text.
/// </summary>
internal static partial class NemoNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named SPEAKER_EMOTION_SENTENCE with a speaker such as TP0");
        string? label = EmotionNames.Find(match.Groups["emotion"].Value);
        if (label is not ("anger" or "fear" or "happiness" or "neutral" or "sadness" or "surprise"))
            return NameReading.Misnamed("the emotion (second part) is none of anger, fear, happiness, neutral, sadness, surprised");
        return NameReading.Recognised(path, label, match.Groups["speaker"].Value.ToUpperInvariant(), match.Groups["text"].Value);
    }

    [GeneratedRegex(
        @"^(?<speaker>[a-z]{2}\d)_(?<emotion>[a-z]+)_(?<text>\d+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
