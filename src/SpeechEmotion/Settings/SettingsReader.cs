using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SpeechEmotion.Settings;

/// <summary>
/// Reads a settings record from a configuration and collects all faults. It differs from the configuration binder of .NET in two
/// ways: a list replaces its default (the binder appends to it), and an unknown key is a fault.
/// </summary>
internal static class SettingsReader
{
    public static T Read<T>(IConfiguration configuration, List<string> faults)
        where T : new() => (T)ReadRecord(typeof(T), configuration, "", faults);

    private static object ReadRecord(Type type, IConfiguration section, string path, List<string> faults)
    {
        object record = Activator.CreateInstance(type)!;
        PropertyInfo[] properties = [.. type.GetProperties().Where(property => property.CanWrite)];
        foreach (IConfigurationSection child in section.GetChildren())
        {
            string name = path.Length == 0 ? child.Key : $"{path}.{child.Key}";
            PropertyInfo? property = Array.Find(properties, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                faults.Add($"{name}: unknown setting{NearestName.Suggest(child.Key, properties.Select(p => p.Name))}");
            else if (ReadValue(property.PropertyType, child, name, faults) is { } value)
                property.SetValue(record, value);
        }
        return record;
    }

    /// <summary>The value, or null after adding a fault.</summary>
    private static object? ReadValue(Type type, IConfigurationSection section, string path, List<string> faults)
    {
        bool hasChildren = section.GetChildren().Any();
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return section.GetChildren().ToDictionary(child => child.Key, child => child.Value ?? "");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ReadList(type.GetGenericArguments()[0], section, path, faults);
        if (type.Namespace == typeof(RunSettings).Namespace && type.IsClass)
        {
            if (hasChildren || string.IsNullOrEmpty(section.Value))
                return ReadRecord(type, section, path, faults);
            faults.Add($"{path} = {section.Value}: must be an object {{ … }}");
            return null;
        }
        if (hasChildren || section.Value is null)
        {
            faults.Add($"{path}: must be {Describe(type)}");
            return null;
        }
        return type.IsEnum ? ReadEnum(type, section.Value, path, faults) : ReadLeaf(type, section, path, faults);
    }

    private static Array? ReadList(Type element, IConfigurationSection section, string path, List<string> faults)
    {
        // The configuration represents [] as an empty value, and "a,b" from the command line as one value.
        IConfigurationSection[] items = [.. section.GetChildren()];
        if (items.Length == 0 && !string.IsNullOrEmpty(section.Value))
        {
            string[] parts = section.Value.Split(',', StringSplitOptions.TrimEntries);
            items = [.. new ConfigurationBuilder()
                .AddInMemoryCollection(parts.Select((part, i) => KeyValuePair.Create($"list:{i:D9}", (string?)part)))
                .Build().GetSection("list").GetChildren()];
        }
        Array list = Array.CreateInstance(element, items.Length);
        bool complete = true;
        for (int i = 0; i < items.Length; i++)
        {
            if (ReadValue(element, items[i], $"{path}[{i}]", faults) is { } value)
                list.SetValue(value, i);
            else
                complete = false;
        }
        return complete ? list : null;
    }

    private static object? ReadEnum(Type type, string text, string path, List<string> faults)
    {
        foreach (object value in Enum.GetValues(type))
            if (KebabCase.From(value.ToString()!).Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        faults.Add($"{path} = {text}: must be one of {string.Join(", ", KebabCase.NamesOf(type))}");
        return null;
    }

    private static object? ReadLeaf(Type type, IConfigurationSection section, string path, List<string> faults)
    {
        try
        {
            return section.Get(type);
        }
        catch (InvalidOperationException)
        {
            faults.Add($"{path} = {section.Value}: must be {Describe(type)}");
            return null;
        }
    }

    private static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(double) ? "a number"
        : type.IsEnum ? $"one of {string.Join(", ", KebabCase.NamesOf(type))}"
        : "a text";
}
