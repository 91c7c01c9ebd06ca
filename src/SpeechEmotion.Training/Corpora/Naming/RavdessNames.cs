using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the Ryerson audio-visual database: <c>03-01-05-02-01-01-12.wav</c> is modality, vocal channel, emotion, intensity, statement,
/// repetition, actor. Speakers are named <c>Actor_01</c> to <c>Actor_24</c> like the folders of the published corpus, because spreadsheets
/// turn a bare <c>01</c> into a number. Song and video without sound are left out.
/// </summary>
internal static partial class RavdessNames
{
    private static readonly string[] Emotions =
        ["neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise"];

    private static readonly string[] Statements = ["kids are talking by the door", "dogs are sitting by the door"];

    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        Match match = Fields().Match(Path.GetFileNameWithoutExtension(path));
        if (!match.Success)
            return NameReading.Misnamed("not named by seven two-digit numbers");

        int[] fields = [.. match.Groups.Values.Skip(1).Select(group => int.Parse(group.Value))];
        (int modality, int channel, int emotion, int intensity, int statement, int repetition, int actor) =
            (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);

        string? fault =
            modality is < 1 or > 3 ? "modality (first number) is not 01, 02 or 03"
            : channel is < 1 or > 2 ? "vocal channel (second number) is not 01 or 02"
            : emotion is < 1 or > 8 ? "emotion (third number) is not 01 to 08"
            : intensity is < 1 or > 2 ? "intensity (fourth number) is not 01 or 02"
            : statement is < 1 or > 2 ? "statement (fifth number) is not 01 or 02"
            : repetition is < 1 or > 2 ? "repetition (sixth number) is not 01 or 02"
            : actor is < 1 or > 24 ? "actor (seventh number) is not 01 to 24"
            : null;
        if (fault is not null)
            return NameReading.Misnamed(fault);
        if (modality == 2)
            return NameReading.LeftOut("pictures without sound (modality 02)");
        if (channel == 2)
            return NameReading.LeftOut("song, not speech (vocal channel 02)");
        return NameReading.Recognised(path, Emotions[emotion - 1], $"Actor_{actor:00}", Statements[statement - 1]);
    }

    [GeneratedRegex(@"^(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
