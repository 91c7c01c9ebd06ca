using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the Surrey audio-visual expressed emotion database: <c>DC_a01.wav</c>, or <c>DC/a01.wav</c> as in the published archive, is
/// speaker, emotion, number. The text is empty, because the numbers count within an emotion and some sentences occur in all of them.
/// </summary>
internal static partial class SaveeNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named by emotion and number");

        string speaker = match.Groups["speaker"].Success
            ? match.Groups["speaker"].Value
            : Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        speaker = speaker.ToUpperInvariant();
        if (speaker is not ("DC" or "JE" or "JK" or "KL"))
            return NameReading.Misnamed("neither the name nor the folder is a speaker of SAVEE: DC, JE, JK, KL");
        string emotion = match.Groups["emotion"].Value.ToUpperInvariant() switch
        {
            "A" => "anger",
            "D" => "disgust",
            "F" => "fear",
            "H" => "happiness",
            "N" => "neutral",
            "SA" => "sadness",
            _ => "surprise",
        };
        return NameReading.Recognised(path, emotion, speaker, "");
    }

    [GeneratedRegex(@"^(?:(?<speaker>[a-z]{2})_)?(?<emotion>sa|su|[adfhn])\d\d$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
