using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>Writes a matrix of counts one row a line, so that a confusion matrix in <c>report.json</c> reads as a matrix.</summary>
internal sealed class CountMatrixConverter : JsonConverter<IReadOnlyList<IReadOnlyList<int>>>
{
    public override IReadOnlyList<IReadOnlyList<int>> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<int[][]>(ref reader, options) ?? throw new JsonException("the matrix is missing");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IReadOnlyList<int>> value, JsonSerializerOptions options)
    {
        string outer = options.NewLine + new string(' ', options.IndentSize * writer.CurrentDepth);
        string inner = outer + new string(' ', options.IndentSize);
        writer.WriteRawValue($"[{string.Join(',', value.Select(row => $"{inner}[{string.Join(", ", row)}]"))}{outer}]");
    }
}
