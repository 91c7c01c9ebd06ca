namespace SpeechEmotion.Corpora;

/// <summary>The columns of a manifest under the names in use: which one is the path, which the label, and so on.</summary>
internal sealed class ManifestColumns
{
    private const string Path = "path", Emotion = "emotion", Speaker = "speaker", Start = "start", End = "end", Duration = "duration";

    private static readonly (string Name, string[] Aliases)[] Known =
    [
        (Path, ["file", "filename", "file_name", "filepath", "file_path", "audio", "audio_file", "audio_path", "audio_filepath", "wav",
            "wav_path"]),
        (Emotion, ["label", "emotion_label"]),
        (Speaker, ["speaker_id", "spk", "spk_id"]),
        ("split", ["partition", "subset"]),
        ("text", ["transcript", "transcription", "sentence"]),
        (Start, ["begin", "onset", "start_time", "begin_time"]),
        (End, ["end_time"]),
    ];

    private readonly CsvTable table;
    private readonly Dictionary<string, int> indices = [];

    /// <summary>Assigns the columns of a table; others, and repeated ones, are noted as problems.</summary>
    /// <param name="table">The manifest.</param>
    /// <param name="file">Its name in problems.</param>
    /// <param name="problems">Receives one warning for all columns that are not used, and one for all that are repeated.</param>
    /// <exception cref="InvalidDataException">
    /// A column is missing, two name the same thing, or <c>offset</c> can be a start or an end.
    /// </exception>
    public ManifestColumns(CsvTable table, string file, ProblemTally problems)
    {
        this.table = table;
        string[] headers = [.. table.Headers.Select(Normalised)];
        List<string> repeated = [], unused = [];
        for (int i = 0; i < headers.Length; i++)
        {
            if (Array.IndexOf(headers, headers[i]) < i)
                repeated.Add(table.Headers[i]);
            else if (NameOf(headers[i], headers) is not { } name)
                unused.Add(table.Headers[i].Length == 0 ? "(without a name)" : table.Headers[i]);
            else if (!indices.TryAdd(name, i))
                throw table.HeaderFault(
                    $"the columns '{table.Headers[indices[name]]}' and '{table.Headers[i]}' both name the {name}: keep one");
        }
        foreach (string required in (string[])[Path, Emotion, Speaker])
            if (!indices.ContainsKey(required))
                throw table.Missing(required);
        bool needsDuration = indices.ContainsKey(Start) && !indices.ContainsKey(End);
        if (!needsDuration && indices.Remove(Duration, out int duration))
            unused.Add(table.Headers[duration]);
        if (repeated.Count > 0)
            Note($"columns named twice, of which the first is used: {string.Join(", ", repeated)}");
        if (unused.Count > 0)
            Note($"columns that are not used: {string.Join(", ", unused)}");

        void Note(string reason) => problems.Add(CorpusProblemKind.Warning, file, reason);
    }

    /// <summary>
    /// The value of a column in the current row, by its first name: path, emotion, speaker, split, text, start, end, duration.
    /// </summary>
    public string this[string name] => indices.TryGetValue(name, out int index) ? table[index] : "";

    /// <summary>The exception for a value of the current row, under the name that the file gives the column.</summary>
    public InvalidDataException Fault(string name, string rule) => table.Fault(table.Headers[indices[name]], rule);

    private string? NameOf(string header, string[] headers)
    {
        if (header == "offset")
            return OffsetIn(headers);
        if (header == Duration)
            return Duration;
        foreach ((string name, string[] aliases) in Known)
            if (header == name || aliases.Contains(header))
                return name;
        return null;
    }

    /// <summary>
    /// An offset is the end beside an onset, and the start beside a duration. Alone it can be either; beside start and end it is neither.
    /// </summary>
    private string? OffsetIn(string[] headers)
    {
        (_, string[] starts) = Known.First(known => known.Name == Start);
        (_, string[] ends) = Known.First(known => known.Name == End);
        bool hasStart = headers.Any(header => header == Start || starts.Contains(header));
        bool hasEnd = headers.Any(header => header == End || ends.Contains(header));
        if (hasStart && hasEnd)
            return null;
        if (headers.Contains("onset"))
            return End;
        if (!hasStart && headers.Contains(Duration))
            return Start;
        throw table.HeaderFault("the column 'offset' can be a start or an end: name it 'start' or 'end' (seconds)");
    }

    private static string Normalised(string header) => header.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
