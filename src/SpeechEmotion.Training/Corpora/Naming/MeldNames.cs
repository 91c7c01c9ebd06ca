using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// The multimodal emotion lines dataset: <c>dia0_utt3.mp4</c> is dialogue and utterance within a part, which a folder above it names.
/// Labels and speakers are in <c>train_sent_emo.csv</c>, <c>dev_sent_emo.csv</c> and <c>test_sent_emo.csv</c>.
/// </summary>
internal static partial class MeldNames
{
    private static readonly (Part Part, string Table)[] Tables =
        [(Part.Train, "train_sent_emo.csv"), (Part.Validation, "dev_sent_emo.csv"), (Part.Test, "test_sent_emo.csv")];

    /// <summary>Reads the name of a path; label and speaker are missing.</summary>
    public static NameReading Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return Fields().IsMatch(name) ? NameReading.Recognised(path, "neutral", "", "", PartOf(path))
            : name.StartsWith("final_videos_test", StringComparison.Ordinal) ? NameReading.LeftOut("a second version of a test clip")
            : NameReading.Misnamed("not named by dialogue and utterance, such as dia0_utt3");
    }

    /// <summary>Reads all paths with the tables.</summary>
    public static IReadOnlyList<NameReading> ReadTree(string folder, IReadOnlyList<string> paths, ProblemTally problems)
    {
        Dictionary<(Part, string), (string Emotion, string Speaker, string Text)> rows = [];
        foreach ((Part part, string tableName) in Tables)
            if (TableFiles.Find(folder, name => name.Equals(tableName, StringComparison.OrdinalIgnoreCase)) is [string file, ..])
                ReadTable(Path.Combine(folder, file), part, rows);
        if (rows.Count == 0)
            throw new InvalidDataException(
                $"{folder}: no label; MELD has them in {string.Join(", ", Tables.Select(table => table.Table))}");
        HashSet<(Part, string)> found = [.. paths.Where(path => PartOf(path) is not null)
            .Select(path => (PartOf(path)!.Value, Path.GetFileNameWithoutExtension(path)))];
        TableFiles.NoteMissing(rows.Keys.Where(key => !found.Contains(key)).Select(key => $"{key.Item2} of {key.Item1}"), problems);
        return [.. paths.Select(path => Read(path, rows))];
    }

    private static NameReading Read(string path, Dictionary<(Part, string), (string Emotion, string Speaker, string Text)> rows)
    {
        NameReading reading = Read(path);
        if (reading.Utterance is not { } utterance)
            return reading;
        if (utterance.Part is not { } part)
            return NameReading.Misnamed(
                "no folder above it names its part: train_splits, dev_splits_complete or output_repeated_splits_test");
        return rows.TryGetValue((part, Path.GetFileNameWithoutExtension(path)), out (string Emotion, string Speaker, string Text) row)
            ? NameReading.Recognised(path, row.Emotion, row.Speaker, row.Text, part)
            : NameReading.LeftOut($"no row in {Tables.First(table => table.Part == part).Table} labels it");
    }

    private static void ReadTable(string file, Part part, Dictionary<(Part, string), (string, string, string)> rows)
    {
        using CsvTable table = new(file, ["utterance", "speaker", "emotion", "dialogue_id", "utterance_id"]);
        while (table.Read())
            rows[(part, $"dia{table["dialogue_id"]}_utt{table["utterance_id"]}")] =
                (EmotionNames.OrAsIs(table["emotion"]), table["speaker"], table["utterance"]);
    }

    private static Part? PartOf(string path) => path.Split('/')[..^1]
        .Select(folder => folder.ToLowerInvariant() switch
        {
            string name when name.StartsWith("train_splits", StringComparison.Ordinal) => Part.Train,
            string name when name.StartsWith("dev_splits_complete", StringComparison.Ordinal) => Part.Validation,
            string name when name.StartsWith("output_repeated_splits_test", StringComparison.Ordinal) => Part.Test,
            string name => PartNames.Find(name),
        })
        .LastOrDefault(part => part is not null);

    [GeneratedRegex(@"^dia\d+_utt\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
