using CsvHelper;
using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>A CSV file with named columns, read row by row. Every error names file, line and column.</summary>
/// <remarks>
/// The encodings are those of <see cref="TextFile"/>. The separator is detected. Lines without a value are skipped. Values are trimmed and
/// in composed form (<see cref="NormalForm"/>).
/// </remarks>
internal sealed class CsvTable : IDisposable
{
    private readonly string file;
    private readonly CsvReader csv;
    private readonly Dictionary<string, int> indices = [];

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">Names in lower case of columns that the first line must have, in any order and case.</param>
    /// <param name="hasOthers">Whether these columns can have other names, which the caller checks.</param>
    /// <exception cref="InvalidDataException">The file is empty, lacks a column or has another encoding.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public CsvTable(string file, IReadOnlyList<string> expected, bool hasOthers = false)
    {
        this.file = file;
        csv = CsvReader.Create(TextFile.ReadUtf8(file), new CsvReaderOptions
        {
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        try
        {
            Headers = [.. Guard(() => csv.Headers.ToArray()).Select(name => name.Trim())];
            if (Headers.All(string.IsNullOrWhiteSpace))
                throw new InvalidDataException($"{file}: empty; its first line must name the columns {string.Join(", ", expected)}");
            foreach ((int index, string name) in Headers.Index())
                indices.TryAdd(name.ToLowerInvariant(), index);
            foreach (string column in hasOthers ? [] : expected)
                if (!indices.ContainsKey(column))
                    throw Missing(column);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns as the file spells them, in order.</summary>
    public IReadOnlyList<string> Headers { get; }

    /// <summary>Advances to the next row with a value; false after the last.</summary>
    /// <exception cref="InvalidDataException">The quotation marks of the row do not match.</exception>
    public bool Read()
    {
        while (Guard(csv.Read))
            for (int i = 0; i < csv.FieldCount; i++)
                if (!csv.GetSpan(i).IsEmpty)
                    return true;
        return false;
    }

    /// <summary>The value of a column; empty where the row or the file does not have it.</summary>
    public string this[string column] => indices.TryGetValue(column, out int index) ? this[index] : "";

    /// <summary>The value of a column by its index; empty where the row does not have it.</summary>
    public string this[int index] => index < csv.FieldCount ? NormalForm.Compose(csv.GetString(index)) : "";

    /// <summary>The exception for a value of the current row that violates a rule.</summary>
    public InvalidDataException Fault(string column, string rule) => new($"{file} line {csv.LineNumber}, column {column}: {rule}");

    /// <summary>The exception for a fault of the first line.</summary>
    public InvalidDataException HeaderFault(string rule) => new($"{file} line 1: {rule}");

    /// <summary>The exception for a column that the file lacks.</summary>
    public InvalidDataException Missing(string column) =>
        HeaderFault($"no column '{column}'; the columns are {string.Join(", ", Headers)}");

    /// <summary>Closes the file.</summary>
    public void Dispose() => csv.Dispose();

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException fault)
        {
            throw new InvalidDataException($"{file} line {fault.LineNumber}: a quotation mark is missing or stands inside a value", fault);
        }
    }
}
