using CsvHelper;

namespace SpeechEmotion.Corpora;

/// <summary>A CSV file with named columns, read row by row; every fault names the file, the line and the column.</summary>
internal sealed class CsvTable : IDisposable
{
    private readonly string file;
    private readonly CsvReader csv;

    /// <summary>Opens a file whose first line names at least the columns <paramref name="needed"/>, in any order and case.</summary>
    /// <exception cref="InvalidDataException">The file is empty or lacks a column.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public CsvTable(string file, params IReadOnlyList<string> needed)
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
            RequireColumns(needed);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="InvalidDataException">Its quotes do not match.</exception>
    public bool Read() => Guard(csv.Read);

    /// <summary>The trimmed text of a column; empty where the row or the file has none.</summary>
    public string this[string column] => csv.TryGetFieldIndex(column, out int index) ? csv.GetString(index) : "";

    /// <summary>The error that a value breaks a rule.</summary>
    public InvalidDataException Fault(string column, string rule) => new($"{file} line {csv.LineNumber}, column {column}: {rule}");

    public void Dispose() => csv.Dispose();

    private void RequireColumns(IReadOnlyList<string> needed)
    {
        string[] columns = [.. Guard(() => csv.Headers.ToArray())];
        if (columns.All(string.IsNullOrWhiteSpace))
            throw new InvalidDataException($"{file}: empty; its first line must name the columns {string.Join(", ", needed)}");
        foreach (string column in needed)
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
