using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of EMOVO: <c>rab-m1-l3.wav</c> is the Italian abbreviation of the emotion, the speaker, and the code of the sentence, which is
/// used as text.
/// </summary>
internal static partial class EmovoNames
{
    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named EMOTION-SPEAKER-SENTENCE with speaker f1 to f3 or m1 to m3");
        string? emotion = match.Groups["emotion"].Value.ToLowerInvariant() switch
        {
            "rab" => "anger",     // rabbia
            "dis" => "disgust",   // disgusto
            "pau" => "fear",      // paura
            "gio" => "happiness", // gioia
            "neu" => "neutral",   // neutrale
            "tri" => "sadness",   // tristezza
            "sor" => "surprise",  // sorpresa
            _ => null,
        };
        if (emotion is null)
            return NameReading.Misnamed("the emotion (first part) is none of rab, dis, pau, gio, neu, tri, sor");
        return NameReading.Recognised(
            path, emotion, match.Groups["speaker"].Value.ToLowerInvariant(), match.Groups["text"].Value.ToLowerInvariant());
    }

    [GeneratedRegex(
        @"^(?<emotion>[a-z]{3})-(?<speaker>[fm][1-3])-(?<text>[a-z]\d)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
