using System.Text.Json;

namespace SpeechEmotion.Settings;

/// <summary>Names of enum values in settings, in kebab case: <c>ConvLstm</c> is <c>conv-lstm</c>.</summary>
public static class KebabCase
{
    /// <summary>A name in kebab case: <c>ConvLstm</c> becomes <c>conv-lstm</c>.</summary>
    public static string From(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>The name of an enum value in kebab case.</summary>
    public static string From<T>(T value)
        where T : struct, Enum => From(value.ToString());

    /// <summary>The names of all values of an enum type, in kebab case.</summary>
    public static IEnumerable<string> NamesOf(Type enumeration) => Enum.GetNames(enumeration).Select(From);
}
