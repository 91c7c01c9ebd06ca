using CsvHelper;

namespace SpeechEmotion.Corpora;

/// <summary>A CSV file with named columns, read row by row. Every error names file, line and column.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string file;
    private readonly CsvReader csv;

    /// <summary>Opens a file whose first line names at least the columns <paramref name="required"/>, in any order and case.</summary>
    /// <exception cref="InvalidDataException">The file is empty or lacks a column.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public CsvTable(string file, params IReadOnlyList<string> required)
    {
        this.file = file;
        csv = CsvReader.FromFile(file, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            NormalizeHeaderName = name => name.Trim().ToLowerInvariant(),
        }, FileOptions.SequentialScan);
        try
        {
            RequireColumns(required);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>Advances to the next row; false after the last.</summary>
    /// <exception cref="InvalidDataException">The quotation marks of the row do not match.</exception>
    public bool Read() => Guard(csv.Read);

    /// <summary>The trimmed value of a column; empty where the row or the file does not have it.</summary>
    public string this[string column] => csv.TryGetFieldIndex(column, out int index) ? csv.GetString(index) : "";

    /// <summary>The exception for a value of the current row that violates a rule.</summary>
    public InvalidDataException Fault(string column, string rule) => new($"{file} line {csv.LineNumber}, column {column}: {rule}");

    /// <summary>Closes the file.</summary>
    public void Dispose() => csv.Dispose();

    private void RequireColumns(IReadOnlyList<string> required)
    {
        string[] columns = [.. Guard(() => csv.Headers.ToArray())];
        if (columns.All(string.IsNullOrWhiteSpace))
            throw new InvalidDataException($"{file}: empty; its first line must name the columns {string.Join(", ", required)}");
        foreach (string column in required)
            if (!csv.TryGetFieldIndex(column, out _))
                throw new InvalidDataException($"{file} line 1: no column '{column}'; the columns are {string.Join(", ", columns)}");
    }

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
