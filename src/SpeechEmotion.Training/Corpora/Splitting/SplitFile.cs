using CsvHelper;
using SpeechEmotion.Corpora.Naming;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Corpora.Splitting;

/// <summary>One line of <c>split.csv</c>.</summary>
/// <param name="Path">Path of the utterance; see <see cref="Utterance.Path"/>.</param>
/// <param name="Sha256">Hash of the file, and its segment; see <see cref="CorpusItem.Sha256"/>.</param>
/// <param name="Speaker">Name of the speaker; empty when unknown.</param>
/// <param name="Emotion">Label.</param>
/// <param name="Part">The part to which it was assigned.</param>
internal sealed record SplitRow(string Path, string Sha256, string Speaker, string Emotion, Part Part);

/// <summary>The record of a split: <c>split.csv</c> with the columns path, sha256, speaker, emotion, part.</summary>
internal static class SplitFile
{
    private static readonly string[] Columns = ["path", "sha256", "speaker", "emotion", "part"];

    /// <summary>Writes one line per item, in order; the file is written whole or not at all.</summary>
    /// <exception cref="ArgumentException">The numbers of items and parts differ.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<CorpusItem> items, IReadOnlyList<Part> parts)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(parts);
        if (items.Count != parts.Count)
            throw new ArgumentException($"{items.Count} items and {parts.Count} parts: must be as many", nameof(parts));
        AtomicFile.Write(path, stream =>
        {
            using CsvWriter csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
            foreach (string column in Columns)
                csv.WriteField(column);
            csv.EndRecord();
            foreach ((CorpusItem item, Part part) in items.Zip(parts))
            {
                csv.WriteField(item.Utterance.Path);
                csv.WriteField(item.Sha256);
                csv.WriteField(item.Utterance.Speaker);
                csv.WriteField(item.Utterance.Emotion);
                csv.WriteField(part.ToString().ToLowerInvariant());
                csv.EndRecord();
            }
        });
    }

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a part is invalid; the message names line and column.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IReadOnlyList<SplitRow> Read(string path)
    {
        using CsvTable table = new(path, Columns);
        List<SplitRow> rows = [];
        while (table.Read())
        {
            Part part = PartNames.Find(table["part"])
                ?? throw table.Fault("part", $"'{table["part"]}' is none of train, validation, test");
            rows.Add(new SplitRow(table["path"], table["sha256"], table["speaker"], table["emotion"], part));
        }
        return rows;
    }

    /// <summary>
    /// The part of each item according to the file: found by the hash of its file, else by that of an item of its duplicate group, so that
    /// a near duplicate has the part of the original, and any segment of a recording that of the others. Null for a recording that is not
    /// in the file.
    /// </summary>
    public static IReadOnlyList<Part?> Match(IReadOnlyList<SplitRow> rows, IReadOnlyList<CorpusItem> items)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(items);
        Dictionary<string, Part> byHash = [];
        foreach (SplitRow row in rows)
            byHash.TryAdd(RecordingSegment.FileHash(row.Sha256), row.Part);
        Dictionary<int, Part> byGroup = [];
        foreach (CorpusItem item in items)
            if (byHash.TryGetValue(RecordingSegment.FileHash(item.Sha256), out Part part))
                byGroup.TryAdd(item.DuplicateGroup, part);
        return [.. items.Select(item =>
            byHash.TryGetValue(RecordingSegment.FileHash(item.Sha256), out Part part)
            || byGroup.TryGetValue(item.DuplicateGroup, out part) ? part : (Part?)null)];
    }
}
