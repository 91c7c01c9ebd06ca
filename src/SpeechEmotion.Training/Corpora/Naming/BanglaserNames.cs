using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of BanglaSER: <c>03-01-03-02-01-03-18.wav</c> is modality, vocal channel, emotion, intensity, statement, repetition, actor, as in
/// RAVDESS, but with other numbers of the emotions. Disgust and fear are from its extension. Modality and vocal channel are ignored: all
/// recordings are speech, and some of them are numbered otherwise.
/// </summary>
internal static partial class BanglaserNames
{
    private static readonly string[] Emotions = ["happiness", "sadness", "anger", "surprise", "neutral", "disgust", "fear"];

    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named by seven two-digit numbers, the second of which is 00 or 01");
        int emotion = match.Groups["emotion"].Value[1] - '0';
        if (match.Groups["emotion"].Value[0] != '0' || emotion < 1 || emotion > Emotions.Length)
            return NameReading.Misnamed("emotion (third number) is not 01 to 07");
        return NameReading.Recognised(
            path, Emotions[emotion - 1], match.Groups["speaker"].Value, match.Groups["text"].Value);
    }

    [GeneratedRegex(
        @"^0[1-3]-0[01]-(?<emotion>\d\d)-\d\d-(?<text>\d\d)-\d\d-(?<speaker>\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
