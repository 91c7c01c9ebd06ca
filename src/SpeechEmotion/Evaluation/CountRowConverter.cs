using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Evaluation;

/// <summary>Writes a row of counts on one line, so that a confusion matrix in <c>report.json</c> reads as a matrix.</summary>
internal sealed class CountRowConverter : JsonConverter<IReadOnlyList<int>>
{
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<int[]>(ref reader, options) ?? throw new JsonException("a row of counts is missing");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value)}]");
}
