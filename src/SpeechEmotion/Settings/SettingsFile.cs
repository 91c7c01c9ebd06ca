using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace SpeechEmotion.Settings;

/// <summary>Reads run settings from JSON with overrides, and writes them in full.</summary>
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

    /// <summary>Reads a settings file. Settings that it does not contain keep their defaults.</summary>
    /// <param name="path">A JSON file; comments and trailing commas are allowed.</param>
    /// <param name="overrides">
    /// <c>Path.To.Key=value</c>, applied in order after the file. A list is written as <c>[1, 2]</c> or <c>1,2</c>.
    /// <c>Corpus.Kind</c> also removes <c>Corpus.Sources</c> and <c>Corpus.Name</c>.
    /// </param>
    /// <exception cref="SettingsException">Faults of syntax, name, type or range: all of them, each with its path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunSettings Load(string path, IEnumerable<string>? overrides = null) =>
        Parse(File.ReadAllText(path), path, overrides);

    /// <summary>Reads settings from JSON text.</summary>
    /// <param name="json">The text; comments and trailing commas are allowed.</param>
    /// <param name="source">Name of its origin in errors.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    /// <exception cref="SettingsException">Faults of syntax, name, type or range: all of them, each with its path.</exception>
    public static RunSettings Parse(string json, string source, IEnumerable<string>? overrides = null)
    {
        JsonObject root = ParseRoot(json, source);
        var faults = new List<string>();
        foreach (string change in overrides ?? [])
            Override(root, change, faults);

        // The reference to the schema is for editors and is no setting.
        root.Remove("$schema");
        using var stream = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(root));
        IConfiguration configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        RunSettings settings = SettingsReader.Read<RunSettings>(configuration, faults);
        // An unreadable value has its default here, so that no second fault is reported for it.
        SettingsRules.Check(settings, faults);
        return faults.Count == 0 ? settings : throw new SettingsException(source, faults);
    }

    /// <summary>
    /// Reads the settings of a checkpoint, which must contain every setting of Features, Model and Live, so that a later change of a
    /// default does not change a stored model. A setting that came later has its <see cref="WhenAbsentAttribute"/>.
    /// </summary>
    /// <exception cref="SettingsException">All missing settings; if none is missing, all other faults.</exception>
    internal static RunSettings ParseComplete(string json, string source)
    {
        JsonObject root = ParseRoot(json, source);
        string[] missing =
        [
            .. Complete(typeof(FeatureSettings), root, nameof(RunSettings.Features)),
            .. Complete(typeof(ModelSettings), root, nameof(RunSettings.Model)),
            .. Complete(typeof(LiveSettings), root, nameof(RunSettings.Live)),
        ];
        return missing.Length == 0
            ? Parse(root.ToJsonString(), source)
            : throw new SettingsException(source, [.. missing.Select(path => $"{path}: is missing")]);
    }

    /// <summary>Adds the settings of a section that came later, and returns the paths of all others that it lacks.</summary>
    private static List<string> Complete(Type record, JsonObject root, string section)
    {
        List<string> missing = [];
        JsonObject? stated = root[section] as JsonObject;
        foreach (PropertyInfo property in record.GetProperties().Where(property => property.CanWrite))
        {
            if (stated?.ContainsKey(property.Name) == true)
                continue;
            if (stated is not null && property.GetCustomAttribute<WhenAbsentAttribute>() is { } absent)
                stated[property.Name] = JsonSerializer.SerializeToNode(absent.Value, Written);
            else
                missing.Add($"{section}.{property.Name}");
        }
        return missing;
    }

    /// <summary>The settings as JSON, defaults included: the content of <c>config.json</c> and of the settings in a checkpoint.</summary>
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
        JsonObject parent = root;
        foreach (string key in keys[..^1])
        {
            if (parent[key] is not JsonObject child)
                parent[key] = child = new JsonObject(AnyCase);
            parent = child;
        }
        parent[keys[^1]] = ParseValue(change[(equals + 1)..]);
        // Another corpus replaces the joined corpora, which would otherwise have precedence, and the name of the corpus before it.
        if (keys is [var part, var setting] && Named(part, nameof(RunSettings.Corpus)) && Named(setting, nameof(CorpusSettings.Kind)))
        {
            parent.Remove(nameof(CorpusSettings.Sources));
            parent.Remove(nameof(CorpusSettings.Name));
        }

        static bool Named(string given, string name) => given.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The JSON value if the text is one (a number, list, true, null), else the text as a string.</summary>
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
