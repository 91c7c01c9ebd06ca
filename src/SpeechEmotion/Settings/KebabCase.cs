using System.Text.Json;

namespace SpeechEmotion.Settings;

/// <summary>Names of enum values in settings, in kebab case: <c>ConvLstm</c> is <c>conv-lstm</c>.</summary>
internal static class KebabCase
{
    public static string From(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    public static string From<T>(T value)
        where T : struct, Enum => From(value.ToString());

    public static IEnumerable<string> NamesOf(Type enumeration) => Enum.GetNames(enumeration).Select(From);
}
