using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace SpeechEmotion.Settings;

/// <summary>Run settings as JSON: a file with overrides in, the fully resolved settings out.</summary>
public static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Reads a settings file; what it does not name keeps its default.</summary>
    /// <param name="path">A JSON file; comments and trailing commas are allowed.</param>
    /// <param name="overrides"><c>Path.To.Key=value</c>, applied in order after the file; <c>Corpus.Kind</c> takes the place of <c>Corpus.Sources</c>. A list is given as <c>[1, 2]</c> or <c>1,2</c>.</param>
    /// <exception cref="SettingsException">Every fault of syntax, name, type and range, each with its path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunSettings Load(string path, IEnumerable<string>? overrides = null) =>
        Parse(File.ReadAllText(path), path, overrides);

    /// <summary>Reads settings from JSON text; <paramref name="source"/> names it in errors.</summary>
    /// <exception cref="SettingsException">Every fault of syntax, name, type and range, each with its path.</exception>
    public static RunSettings Parse(string json, string source, IEnumerable<string>? overrides = null)
    {
        JsonObject root = ParseRoot(json, source);
        var faults = new List<string>();
        foreach (string change in overrides ?? [])
            Override(root, change, faults);

        // An editor's schema reference is not a setting.
        root.Remove("$schema");
        using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(root));
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        RunSettings settings = SettingsReader.Read<RunSettings>(configuration, faults);
        // A value that could not be read stands at its default here, which breaks no rule of its own.
        SettingsRules.Check(settings, faults);
        return faults.Count == 0 ? settings : throw new SettingsException(source, faults);
    }

    /// <summary>
    /// Reads settings that must state everything that decides about features and inference: a default that changes later must not
    /// change a stored model.
    /// </summary>
    /// <exception cref="SettingsException">Every fault, and every setting of Features, Model and Live that is missing.</exception>
    internal static RunSettings ParseComplete(string json, string source)
    {
        JsonObject root = ParseRoot(json, source);
        string[] missing =
        [
            .. Missing(typeof(FeatureSettings), root, nameof(RunSettings.Features)),
            .. Missing(typeof(ModelSettings), root, nameof(RunSettings.Model)),
            .. Missing(typeof(LiveSettings), root, nameof(RunSettings.Live)),
        ];
        return missing.Length == 0 ? Parse(json, source) : throw new SettingsException(source, [.. missing.Select(path => $"{path}: is missing")]);
    }

    private static IEnumerable<string> Missing(Type record, JsonObject root, string section)
    {
        JsonObject? stated = root[section] as JsonObject;
        return record.GetProperties()
            .Where(property => property.CanWrite && stated?.ContainsKey(property.Name) != true)
            .Select(property => $"{section}.{property.Name}");
    }

    /// <summary>The settings in full, defaults included: what <c>config.json</c> and a checkpoint hold.</summary>
    public static string ToJson(RunSettings settings) => JsonSerializer.Serialize(settings, Written);

    private static JsonObject ParseRoot(string json, string source)
    {
        try
        {
            return JsonNode.Parse(json, AnyCase, Lenient) as JsonObject
                ?? throw new SettingsException(source, ["the outermost value must be an object { … }"]);
        }
        catch (JsonException fault)
        {
            throw new SettingsException(source, [$"line {fault.LineNumber + 1}: not valid JSON: {FirstSentence(fault.Message)}"]);
        }
    }

    private static void Override(JsonObject root, string change, List<string> faults)
    {
        int equals = change.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            faults.Add($"--set {change}: must be Path.To.Key=value");
            return;
        }
        string[] keys = change[..equals].Split('.', ':');
        JsonObject at = root;
        foreach (string key in keys[..^1])
        {
            if (at[key] is not JsonObject inner)
                at[key] = inner = new JsonObject(AnyCase);
            at = inner;
        }
        at[keys[^1]] = ParseValue(change[(equals + 1)..]);
        // Who names one corpus means it instead of several, which would go before it.
        if (keys is [var part, var setting] && Named(part, nameof(RunSettings.Corpus)) && Named(setting, nameof(CorpusSettings.Kind)))
            at.Remove(nameof(CorpusSettings.Sources));

        static bool Named(string given, string name) => given.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A JSON value where the text is one (numbers, lists, true, null), else the text itself.</summary>
    private static JsonNode? ParseValue(string text)
    {
        try
        {
            return JsonNode.Parse(text, AnyCase, Lenient);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
