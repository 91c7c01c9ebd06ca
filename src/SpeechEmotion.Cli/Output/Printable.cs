using System.Text;

namespace SpeechEmotion.Cli.Output;

/// <summary>
/// Makes external text (names of files, devices, speakers and labels, error output of a program) safe for a terminal. Control characters
/// could move the cursor or change colours and title; direction marks could reverse names.
/// </summary>
internal static class Printable
{
    private const char Unknown = '\uFFFD', Pictures = '\u2400', DeletePicture = '\u2421';

    /// <summary>One line: line breaks and tabs are replaced by symbols too.</summary>
    public static string Line(string text) => Replace(text, keepsLines: false);

    /// <summary>Text with its line breaks and tabs kept.</summary>
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
        >= '\u0080' and <= '\u009F' => Unknown, // C1 controls; some terminals read 9B as Esc [
        '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Unknown, // direction marks
        _ => c,
    };
}
