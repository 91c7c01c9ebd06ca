using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpeechEmotion.Streaming;

/// <summary>Events as JSON: <c>type</c> in kebab case, <c>time</c>, and every property that is not null; seconds to 1 ms.</summary>
internal static class StreamEventJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static readonly JsonSerializerOptions Pages = new(Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Formats an event as one line.</summary>
    public static string Line(StreamEvent found) => JsonSerializer.Serialize(Rounded(found), Options);

    /// <summary>Formats a value with the same options, indented.</summary>
    public static string Indented<T>(T value) => JsonSerializer.Serialize(value, Pages);

    private static StreamEvent Rounded(StreamEvent found) => found with
    {
        Time = Math.Round(found.Time, 3),
        Start = Round(found.Start),
        End = Round(found.End),
        SpeakerSeconds = Round(found.SpeakerSeconds),
        LostSeconds = Round(found.LostSeconds),
        Summary = found.Summary is not { } summary ? null : Rounded(summary),
    };

    private static StreamSummary Rounded(StreamSummary summary) => summary with
    {
        Seconds = Math.Round(summary.Seconds, 3),
        SpeechSeconds = Math.Round(summary.SpeechSeconds, 3),
        EmotionSeconds = new(summary.EmotionSeconds.Select(pair => KeyValuePair.Create(pair.Key, Math.Round(pair.Value, 3)))),
        LatencyP50 = Math.Round(summary.LatencyP50, 3),
        LatencyP95 = Math.Round(summary.LatencyP95, 3),
        LatencyP99 = Math.Round(summary.LatencyP99, 3),
        LostSeconds = Math.Round(summary.LostSeconds, 3),
    };

    private static double? Round(double? seconds) => seconds is { } value ? Math.Round(value, 3) : null;
}
