using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>Writes each row of a matrix of counts on one line, so that the confusion matrix in <c>report.json</c> is readable.</summary>
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
