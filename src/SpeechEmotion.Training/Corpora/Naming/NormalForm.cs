using System.Buffers;
using System.Globalization;
using System.Text;

namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// The composed form of Unicode text (NFC, Unicode Standard Annex 15). Some systems store file names decomposed (<c>e</c> and an accent),
/// most tables name them composed (<c>é</c>): names are compared and reported in this form.
/// </summary>
/// <remarks>
/// The runtime's own normalisation needs a library of the system, which the program does not use. Marks are composed in the order of the
/// text, as all file systems and editors store them; they are not reordered.
/// </remarks>
internal static class NormalForm
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TailBase = 0x11A7;
    private const int Leads = 19, Vowels = 21, Tails = 28;
    private const int CodeDigits = 4;

    /// <summary>The first character that composes with one before it is U+0300; U+02FF and below need nothing.</summary>
    private static readonly SearchValues<char> Untouched = SearchValues.Create([.. Enumerable.Range(0, 0x300).Select(code => (char)code)]);

    private static readonly Dictionary<(char, char), char> Composites =
        Entries(CanonicalPairs.Composites).ToDictionary(entry => (entry[1], entry[2]), entry => entry[0]);

    private static readonly Dictionary<char, string> Excluded =
        Entries(CanonicalPairs.Excluded).ToDictionary(entry => entry[0], entry => entry[1..]);

    /// <summary>The composed form of a text.</summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Untouched))
            return text;
        StringBuilder composed = new(text.Length);
        foreach (char c in text)
            if (Excluded.TryGetValue(c, out string? parts))
                foreach (char part in parts)
                    Append(composed, part);
            else
                Append(composed, c);
        return composed.ToString();
    }

    private static void Append(StringBuilder composed, char c)
    {
        if (composed.Length > 0 && Pair(composed[^1], c) is { } pair)
            composed[^1] = pair;
        else
            composed.Append(c);
    }

    private static char? Pair(char first, char second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase, syllable = first - HangulBase, tail = second - TailBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return (char)(HangulBase + (((lead * Vowels) + vowel) * Tails));
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
            return (char)(first + tail);
        return Composites.TryGetValue((first, second), out char pair) ? pair : null;
    }

    private static IEnumerable<string> Entries(string table) =>
        table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => new string([.. entry.Chunk(CodeDigits).Select(Character)]));

    private static char Character(char[] code) => (char)ushort.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
