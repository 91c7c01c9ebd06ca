using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace SpeechEmotion.Settings;

/// <summary>
/// JSON Schema of the settings (<c>configs/schema.json</c>), by which editors complete and check. Types and defaults come from the
/// settings records, descriptions from the summaries of their properties.
/// </summary>
internal static class SettingsSchema
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as JSON text.</summary>
    /// <param name="documentation">Path of the XML documentation file of the library.</param>
    public static string Create(string documentation)
    {
        Dictionary<string, string> summaries = XDocument.Load(documentation).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")));
        JsonObject schema = Record(typeof(RunSettings), new RunSettings(), summaries, depth: 0);
        var reference = new JsonObject { ["type"] = "string", ["description"] = "This schema, for editors." };
        schema["properties"]!.AsObject().Insert(0, "$schema", reference);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "SpeechEmotion run settings");
        return schema.ToJsonString(Written) + "\n";
    }

    private static JsonObject Record(Type type, object defaults, Dictionary<string, string> summaries, int depth)
    {
        var properties = new JsonObject();
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite))
        {
            // A joined corpus cannot contain another, so the recursion ends here.
            if (property.PropertyType == typeof(IReadOnlyList<CorpusSettings>) && depth > 1)
                continue;
            JsonObject value = Value(property.PropertyType, property.GetValue(defaults), summaries, depth);
            value["description"] = summaries[$"P:{type.FullName}.{property.Name}"];
            properties[property.Name] = value;
        }
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
    }

    private static JsonObject Value(Type type, object? value, Dictionary<string, string> summaries, int depth)
    {
        if (type == typeof(bool))
            return new JsonObject { ["type"] = "boolean", ["default"] = (bool)value! };
        if (type == typeof(int))
            return new JsonObject { ["type"] = "integer", ["default"] = (int)value! };
        if (type == typeof(double))
            return new JsonObject { ["type"] = "number", ["default"] = (double)value! };
        if (type == typeof(string))
        {
            var text = new JsonObject { ["type"] = "string" };
            if (value is not null)
                text["default"] = (string)value;
            return text;
        }
        if (type.IsEnum)
        {
            var choices = new JsonArray([.. KebabCase.NamesOf(type).Select(name => (JsonNode)name)]);
            return new JsonObject { ["enum"] = choices, ["default"] = value is null ? null : KebabCase.From(value.ToString()!) };
        }
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } };
        if (type.IsGenericType)
        {
            Type element = type.GetGenericArguments()[0];
            object? sample = element.IsValueType || element == typeof(string) ? null : Activator.CreateInstance(element);
            JsonObject items = sample is null
                ? new JsonObject { ["type"] = element == typeof(int) ? "integer" : "string" }
                : Value(element, sample, summaries, depth + 1);
            var list = new JsonObject { ["type"] = "array", ["items"] = items };
            if (value is IEnumerable<int> numbers)
                list["default"] = new JsonArray([.. numbers.Select(number => (JsonNode)number)]);
            return list;
        }
        return Record(type, value!, summaries, depth + 1);
    }

    /// <summary>Text of a summary: a reference becomes its last name, and white space is collapsed.</summary>
    private static string Plain(XElement? summary)
    {
        if (summary is null)
            return "";
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement element => element.Value,
            _ => "",
        });
        return string.Join(' ', string.Concat(parts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
