using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpeechEmotion.Settings;

/// <summary>Settings that earlier versions had. A checkpoint keeps those it was made with; what they asked for is done otherwise now.</summary>
internal static class FormerSettings
{
    private static readonly string[] Live = ["StartDb", "StopDb"]; // speech was told from noise by its level alone

    /// <summary>A checkpoint's settings without them; what is no JSON stays as it is, for the reader of settings to say so.</summary>
    public static string Dropped(string json)
    {
        JsonNode? settings;
        try
        {
            settings = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return json;
        }
        if (settings?["Live"] is not JsonObject live || !Live.Any(live.ContainsKey))
            return json;
        foreach (string name in Live)
            live.Remove(name);
        live.Remove(nameof(LiveSettings.FloorSeconds)); // meant another floor
        return settings.ToJsonString();
    }
}
