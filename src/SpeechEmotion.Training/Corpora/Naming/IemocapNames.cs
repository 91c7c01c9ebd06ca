using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// The interactive emotional dyadic motion capture database: <c>Ses01F_impro01_M003.wav</c> is the session and the actor with the markers,
/// the scene, and the speaker (M) with the number of the turn. The labels are in <c>dialog/EmoEvaluation/*.txt</c> of each session. The
/// recordings of whole dialogues are left out.
/// </summary>
internal static partial class IemocapNames
{
    private const string LabelFolder = "EmoEvaluation";

    /// <summary>Reads the name of a path; the label is provisional.</summary>
    public static NameReading Read(string path) => Read(path, _ => "neu");

    /// <summary>Reads all paths with the labels of the raters.</summary>
    public static IReadOnlyList<NameReading> ReadTree(string folder, IReadOnlyList<string> paths, ProblemTally problems)
    {
        Dictionary<string, string> labels = [];
        foreach (string file in TableFiles.Find(folder, name => name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase)))
            if (Path.GetFileName(Path.GetDirectoryName(file)) == LabelFolder)
                foreach (string line in TextFile.ReadLines(Path.Combine(folder, file)))
                    if (LabelLine().Match(line) is { Success: true } match)
                        labels[match.Groups["turn"].Value] = match.Groups["label"].Value;
        if (labels.Count == 0)
            throw new InvalidDataException(
                $"{folder}: no label; IEMOCAP has them in Session1/dialog/{LabelFolder}/*.txt and the like, beside Session1/sentences");
        TableFiles.NoteMissing(labels.Keys.Except(paths.Select(path => Path.GetFileNameWithoutExtension(path))), problems);
        return [.. paths.Select(path => Read(path, turn => labels.GetValueOrDefault(turn)))];
    }

    private static NameReading Read(string path, Func<string, string?> labelOf)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (Dialogue().IsMatch(name))
            return NameReading.LeftOut("a whole dialogue; its utterances are in sentences/wav");
        Match match = Fields().Match(name);
        if (!match.Success)
            return NameReading.Misnamed("not named by session, scene and turn, such as Ses01F_impro01_M003");
        string? label = labelOf(name);
        switch (label)
        {
            case null:
                return NameReading.LeftOut("no line in dialog/EmoEvaluation labels it");
            case "xxx":
                return NameReading.LeftOut("the raters did not agree on a label (xxx)");
            case "oth":
                return NameReading.LeftOut("labelled 'other' (oth)");
        }
        string? emotion = label switch
        {
            "ang" => "anger",
            "dis" => "disgust",
            "exc" => "excitement",
            "fea" => "fear",
            "fru" => "frustration",
            "hap" => "happiness",
            "neu" => "neutral",
            "sad" => "sadness",
            "sur" => "surprise",
            _ => null,
        };
        if (emotion is null)
            return NameReading.LeftOut($"dialog/EmoEvaluation gives it the unknown label '{label}'");
        return NameReading.Recognised(
            path, emotion, match.Groups["session"].Value + match.Groups["speaker"].Value, match.Groups["scene"].Value);
    }

    [GeneratedRegex(
        @"^(?<session>Ses\d\d)[FM]_(?<scene>impro\d\d|script\d\d_\d)[a-z]?_(?<speaker>[FM])(\d{3}|XX\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();

    [GeneratedRegex(@"^Ses\d\d[FM]_(impro\d\d|script\d\d_\d)[a-z]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Dialogue();

    [GeneratedRegex(@"^\[[\d. ]+-[\d. ]+\]\s+(?<turn>Ses\S+)\s+(?<label>[a-z]{3})\s", RegexOptions.CultureInvariant)]
    private static partial Regex LabelLine();
}
