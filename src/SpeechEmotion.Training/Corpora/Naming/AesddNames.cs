using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the Acted emotional speech dynamic database: <c>a14 (1).wav</c> is the initial of the emotion, the number of the sentence, and
/// the speaker in parentheses. A letter after them, as in <c>d01 (5)b.wav</c>, is a further take. The number is used as
/// text.
/// </summary>
internal static partial class AesddNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named by emotion, sentence and (speaker)");
        string emotion = match.Groups["emotion"].Value.ToLowerInvariant() switch
        {
            "a" => "anger",
            "d" => "disgust",
            "f" => "fear",
            "h" => "happiness",
            _ => "sadness",
        };
        return NameReading.Recognised(path, emotion, match.Groups["speaker"].Value, match.Groups["text"].Value);
    }

    [GeneratedRegex(
        @"^(?<emotion>[adfhs])(?<text>\d\d) ?\(0?(?<speaker>[1-9]\d?)\)[a-z]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
