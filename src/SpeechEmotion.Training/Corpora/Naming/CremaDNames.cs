using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the crowd-sourced emotional multimodal actors dataset: <c>1001_DFA_ANG_XX.wav</c> is actor, code of the sentence, emotion,
/// intensity. The code is used as text.
/// </summary>
internal static partial class CremaDNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named ACTOR_SENTENCE_EMOTION_INTENSITY");

        string? emotion = match.Groups["emotion"].Value.ToUpperInvariant() switch
        {
            "ANG" => "anger",
            "DIS" => "disgust",
            "FEA" => "fear",
            "HAP" => "happiness",
            "NEU" => "neutral",
            "SAD" => "sadness",
            _ => null,
        };
        if (emotion is null)
            return NameReading.Misnamed("the emotion (third part) is none of ANG, DIS, FEA, HAP, NEU, SAD");
        return NameReading.Recognised(path, emotion, match.Groups["speaker"].Value, match.Groups["text"].Value.ToUpperInvariant());
    }

    // The publishers' set has intensities LO, MD, HI, XX and, in one file, X.
    [GeneratedRegex(
        @"^(?<speaker>\d{4})_(?<text>[a-z]{3})_(?<emotion>[a-z]{3})_[a-z]{1,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
