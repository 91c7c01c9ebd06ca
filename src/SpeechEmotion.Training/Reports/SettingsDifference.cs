using System.Text.Json.Nodes;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>The comparison of a run's settings with those with which it was begun.</summary>
internal static class SettingsDifference
{
    /// <summary>The first difference, with its JSON path and both values; null when the settings are equal.</summary>
    public static string? Find(RunSettings begun, RunSettings now)
    {
        string before = SettingsFile.ToJson(begun), after = SettingsFile.ToJson(now);
        return before == after ? null : Describe(JsonNode.Parse(before), JsonNode.Parse(after), "");
    }

    private static string Describe(JsonNode? begun, JsonNode? now, string path)
    {
        if (begun is JsonObject before && now is JsonObject after)
            foreach (string key in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)))
                if (!JsonNode.DeepEquals(before[key], after[key]))
                    return Describe(before[key], after[key], path.Length == 0 ? key : $"{path}.{key}");
        return $"{path} = {now?.ToJsonString()}: the run was begun with {begun?.ToJsonString()}; give another folder with --out";
    }
}
