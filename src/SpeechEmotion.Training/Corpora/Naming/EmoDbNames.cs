using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the Berlin database of emotional speech: <c>03a01Fa.wav</c> is speaker, code of the sentence, German initial of the emotion,
/// version. The code is used as text.
/// </summary>
internal static partial class EmoDbNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named by speaker, sentence, emotion and version");

        string? emotion = match.Groups["emotion"].Value.ToUpperInvariant() switch
        {
            "W" => "anger",     // Wut, Ärger
            "L" => "boredom",   // Langeweile
            "E" => "disgust",   // Ekel
            "A" => "fear",      // Angst
            "F" => "happiness", // Freude
            "T" => "sadness",   // Trauer
            "N" => "neutral",
            _ => null,
        };
        if (emotion is null)
            return NameReading.Misnamed("the emotion (sixth character) is none of W, L, E, A, F, T, N");
        return NameReading.Recognised(path, emotion, match.Groups["speaker"].Value, match.Groups["text"].Value.ToLowerInvariant());
    }

    [GeneratedRegex(
        @"^(?<speaker>\d\d)(?<text>[a-z]\d\d)(?<emotion>[a-z])[a-z]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
