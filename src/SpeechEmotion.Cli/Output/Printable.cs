using System.Text;

namespace SpeechEmotion.Cli.Output;

/// <summary>
/// Text of others (names of files, devices, speakers and labels, a program's complaint) as a terminal may see it: control characters would
/// move its cursor, change its colours or its title, and marks of direction would turn names around.
/// </summary>
internal static class Printable
{
    private const char Unknown = '\uFFFD', Pictures = '\u2400', DeletePicture = '\u2421';

    /// <summary>One line: line breaks and tabs are shown as signs too.</summary>
    public static string Line(string text) => Replace(text, keepsLines: false);

    /// <summary>Text whose lines stay lines.</summary>
    public static string Lines(string text) => Replace(text, keepsLines: true);

    private static string Replace(string text, bool keepsLines)
    {
        StringBuilder? shown = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool stays = keepsLines && (text[i] is '\n' or '\t' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n'));
            char sign = stays ? text[i] : Sign(text[i]);
            if (sign != text[i])
                shown ??= new StringBuilder(text, 0, i, text.Length);
            shown?.Append(sign);
        }
        return shown?.ToString() ?? text;
    }

    private static char Sign(char c) => c switch
    {
        < ' ' => (char)(Pictures + c),
        '\u007F' => DeletePicture,
        >= '\u0080' and <= '\u009F' => Unknown, // the second set of controls, of which some terminals take 9B for Esc [
        '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Unknown, // directions
        _ => c,
    };
}
