using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>
/// A corpus that is defined by a CSV file with the columns <c>path</c>, <c>emotion</c>, <c>speaker</c> and optionally <c>split</c> and
/// <c>text</c>, in any order and case, separated by commas, semicolons or tabs. Paths are relative to the CSV file.
/// </summary>
internal static class ManifestFile
{
    /// <summary>The utterances of all rows. A row that repeats an earlier one is left out and added to the problems.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a value is invalid; the message names line and column.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IReadOnlyList<Utterance> Read(string file, ProblemTally problems)
    {
        using CsvTable table = new(file, "path", "emotion", "speaker");
        List<Utterance> rows = [];
        Dictionary<string, Utterance> byPath = [];
        while (table.Read())
        {
            Utterance row = Row(table);
            if (byPath.TryAdd(row.Path, row))
                rows.Add(row);
            else if (byPath[row.Path] == row)
                problems.Add(CorpusProblemKind.LeftOut, row.Path, "named again by a later line of the manifest");
            else
                throw table.Fault("path", $"'{row.Path}' stands on an earlier line with another emotion, speaker, text or split");
        }
        return rows;
    }

    private static Utterance Row(CsvTable table)
    {
        // Manifests written on Windows have backslashes.
        string path = table["path"].Replace('\\', '/'), emotion = table["emotion"], split = table["split"];
        if (path.Length == 0)
            throw table.Fault("path", "empty; it must name a sound file");
        if (emotion.Length == 0)
            throw table.Fault("emotion", "empty; every utterance needs a label");
        Part? part = FolderNames.PartOf(split);
        if (split.Length > 0 && part is null)
            throw table.Fault("split", $"'{split}' is none of train, validation, test");
        return new Utterance(path, EmotionNames.OrAsIs(emotion), table["speaker"], table["text"], part);
    }
}
