namespace SpeechEmotion.Settings;

/// <summary>One line of a CSV file (RFC 4180).</summary>
public static class CsvLine
{
    /// <summary>Cells separated by commas, without a line end. A cell with a comma, a quotation mark or a line break is quoted.</summary>
    public static string Format(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote));

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
