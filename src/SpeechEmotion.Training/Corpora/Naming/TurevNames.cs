using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of TurEV-DB, Turkish: <c>7895_kz_demir.wav</c> is speaker, abbreviation of the emotion and word. Calm is a label
/// of its own; <c>Corpus.Labels</c> can join it to neutral, which the corpus lacks.
/// </summary>
internal static partial class TurevNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named SPEAKER_EMOTION_WORD with an emotion of kz, mt, hl, sk");
        string emotion = match.Groups["emotion"].Value.ToLowerInvariant() switch
        {
            "kz" => "anger",     // kızgın
            "mt" => "happiness", // mutlu
            "hl" => "sadness",   // hüzünlü
            _ => "calm",         // sakin
        };
        return NameReading.Recognised(path, emotion, match.Groups["speaker"].Value, match.Groups["text"].Value.ToLowerInvariant());
    }

    [GeneratedRegex(
        @"^(?<speaker>\d{4})_(?<emotion>kz|mt|hl|sk)_(?<text>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
