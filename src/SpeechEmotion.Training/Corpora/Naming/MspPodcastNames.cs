using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// MSP-Podcast: <c>MSP-PODCAST_0001_0008.wav</c> is podcast and segment. Labels, speakers and parts are in
/// <c>Labels/labels_consensus.csv</c>. Segments without agreement and of the label <c>other</c> are left out. All of Test1, Test2 and Test3
/// are the test part.
/// </summary>
internal static partial class MspPodcastNames
{
    /// <summary>Reads the name of a path; label, speaker and part are missing.</summary>
    public static NameReading Read(string path) => Fields().IsMatch(Path.GetFileNameWithoutExtension(path))
        ? NameReading.Recognised(path, "neutral", "", "")
        : NameReading.Misnamed("not named by podcast and segment, such as MSP-PODCAST_0001_0008");

    /// <summary>Reads all paths with the table.</summary>
    public static IReadOnlyList<NameReading> ReadTree(string folder, IReadOnlyList<string> paths, ProblemTally problems)
    {
        // The first releases spell it concensus.
        IReadOnlyList<string> tables =
            TableFiles.Find(folder, name => name.ToLowerInvariant() is "labels_consensus.csv" or "labels_concensus.csv");
        if (tables is not [string table, ..])
            throw new InvalidDataException($"{folder}: no label; MSP-Podcast has them in Labels/labels_consensus.csv");
        Dictionary<string, NameReading> rows = ReadTable(Path.Combine(folder, table));
        TableFiles.NoteMissing(rows.Keys.Except(paths.Select(path => Path.GetFileNameWithoutExtension(path))), problems);
        return [.. paths.Select(path =>
        {
            NameReading reading = Read(path);
            if (reading.Utterance is null)
                return reading;
            if (!rows.TryGetValue(Path.GetFileNameWithoutExtension(path), out NameReading row))
                return NameReading.LeftOut($"no row in {Path.GetFileName(table)} labels it");
            return row.Utterance is { } utterance ? row with { Utterance = utterance with { Path = path } } : row;
        })];
    }

    private static Dictionary<string, NameReading> ReadTable(string file)
    {
        Dictionary<string, NameReading> rows = [];
        using CsvTable table = new(file, ["filename", "emoclass"]);
        while (table.Read())
            rows[Path.GetFileNameWithoutExtension(table["filename"])] = Row(table);
        return rows;
    }

    private static NameReading Row(CsvTable table)
    {
        string code = table["emoclass"], split = table["split_set"], speaker = table["spkrid"];
        string emotion = code.ToUpperInvariant() switch
        {
            "A" => "anger",
            "C" => "contempt",
            "D" => "disgust",
            "F" => "fear",
            "H" => "happiness",
            "N" => "neutral",
            "S" => "sadness",
            "U" => "surprise",
            "O" or "X" => "",
            _ => throw table.Fault("EmoClass", $"'{code}' is none of A, C, D, F, H, N, S, U, O, X"),
        };
        if (emotion.Length == 0)
            return NameReading.LeftOut(code is "X" or "x" ? "the raters did not agree on a label (X)" : "labelled 'other' (O)");
        Part? part = PartNames.Find(split);
        if (split.Length > 0 && part is null)
            throw table.Fault("Split_Set", $"'{split}' is none of Train, Development, Test1, Test2, Test3");
        bool isKnown = !speaker.Equals("unknown", StringComparison.OrdinalIgnoreCase);
        return NameReading.Recognised("", emotion, isKnown ? speaker : "", "", part);
    }

    [GeneratedRegex(@"^MSP-PODCAST_\d+_\d+(_\d+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();
}
