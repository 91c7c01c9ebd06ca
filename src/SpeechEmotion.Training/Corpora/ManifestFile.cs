using System.Globalization;
using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>A row of a manifest.</summary>
/// <param name="Utterance">The utterance; the path of a segment ends with it (<c>call.wav#1.5-3.25</c>).</param>
/// <param name="File">The path as the row names it, with forward slashes.</param>
/// <param name="Segment">The section of the recording; null: the whole of it.</param>
internal sealed record ManifestRow(Utterance Utterance, string File, RecordingSegment? Segment);

/// <summary>
/// A corpus that is defined by a CSV file with the columns <c>path</c>, <c>emotion</c>, <c>speaker</c> and optionally <c>split</c>,
/// <c>text</c>, <c>start</c> and <c>end</c>, in any order and case, separated by commas, semicolons or tabs. See
/// <see cref="ManifestColumns"/> for other names of the columns.
/// </summary>
internal static class ManifestFile
{
    /// <summary>The utterances of all rows. A row that repeats an earlier one is left out and added to the problems.</summary>
    /// <exception cref="InvalidDataException">A column is missing or a value is invalid; the message names line and column.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static IReadOnlyList<ManifestRow> Read(string file, ProblemTally problems)
    {
        using CsvTable table = new(file, ["path", "emotion", "speaker"], hasOthers: true);
        ManifestColumns columns = new(table, Path.GetFileName(file), problems);
        List<(ManifestRow Row, string Split)> rows = [];
        Dictionary<string, (ManifestRow Row, string Split)> byPath = [];
        while (table.Read())
        {
            (ManifestRow Row, string Split) next = (Row(columns), columns["split"]);
            string path = next.Row.Utterance.Path;
            if (byPath.TryAdd(path, next))
                rows.Add(next);
            else if (byPath[path] == next)
                problems.Add(CorpusProblemKind.LeftOut, path, "named again by a later line of the manifest");
            else
                throw columns.Fault("path", $"'{path}' stands on an earlier line with another emotion, speaker, text or split");
        }
        bool hasTest = PartNames.HasTest(rows.Select(row => row.Split));
        return [.. rows.Select(row =>
            row.Row with { Utterance = row.Row.Utterance with { Part = PartNames.Find(row.Split, hasTest) } })];
    }

    private static ManifestRow Row(ManifestColumns columns)
    {
        // Manifests written on Windows have backslashes.
        string path = columns["path"].Replace('\\', '/'), emotion = columns["emotion"], split = columns["split"];
        if (path.Length == 0)
            throw columns.Fault("path", "empty; it must name a sound file");
        if (emotion.Length == 0)
            throw columns.Fault("emotion", "empty; every utterance needs a label");
        if (split.Length > 0 && PartNames.Find(split) is null)
            throw columns.Fault("split", $"'{split}' is none of train, validation, test");
        RecordingSegment? segment = Segment(columns);
        return new ManifestRow(
            new Utterance(path + segment, EmotionNames.OrAsIs(emotion), columns["speaker"], columns["text"]), path, segment);
    }

    private static RecordingSegment? Segment(ManifestColumns columns)
    {
        double start = Seconds(columns, "start") ?? 0;
        double? end = Seconds(columns, "end");
        if (end is null && Seconds(columns, "duration") is { } duration && columns["start"].Length > 0)
            end = duration > 0
                ? start + duration
                : throw columns.Fault("duration", string.Create(CultureInfo.InvariantCulture, $"{duration} s: must be greater than 0"));
        if (end <= start)
            throw columns.Fault("end", string.Create(CultureInfo.InvariantCulture, $"{end} s: must be after the start, {start} s"));
        return start == 0 && end is null ? null : new RecordingSegment(start, end);
    }

    private static double? Seconds(ManifestColumns columns, string name)
    {
        string value = columns[name];
        if (value.Length == 0)
            return null;
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || !double.IsFinite(seconds))
            throw columns.Fault(name, $"'{value}' is not a number of seconds, such as 1.25");
        return seconds >= 0 ? seconds : throw columns.Fault(name, $"'{value}': must be at least 0 s");
    }
}
