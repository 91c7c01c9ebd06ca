using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>Recognises content that is no sound by the first bytes of a file, whatever the file is named.</summary>
internal static class ForeignContent
{
    /// <summary>Number of bytes that are examined.</summary>
    public const int HeadBytes = 1024;

    private const int ExcerptCharacters = 40;

    private static readonly (byte[] Start, string What)[] Signatures =
    [
        ("PK\u0003\u0004"u8.ToArray(), "a ZIP archive, not sound: unpack it"),
        ("PK\u0005\u0006"u8.ToArray(), "an empty ZIP archive, not sound"),
        ([0x1F, 0x8B], "a gzip archive, not sound: unpack it"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive, not sound: unpack it"),
        ("Rar!\u001A\u0007"u8.ToArray(), "a RAR archive, not sound: unpack it"),
        // [MS-SHLLINK]: the header size 0x4C and the class identifier of a shell link
        ([0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0], "a Windows shortcut, not the recording itself: copy the file to which it points"),
        ("book\0\0\0\0mark\0\0\0\0"u8.ToArray(), "a macOS alias, not the recording itself: copy the file to which it points"),
        ([0, 5, 0x16, 7], "macOS metadata of a file (AppleDouble), not sound: the recording has the same name without '._'"),
        ("%PDF-"u8.ToArray(), "a PDF document, not sound"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG picture, not sound"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture, not sound"),
    ];

    /// <summary>What the content is and what to do about it; null for content that can be sound.</summary>
    /// <param name="head">The first bytes of the file, at most <see cref="HeadBytes"/>.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        foreach ((byte[] start, string what) in Signatures)
            if (head.StartsWith(start))
                return what;
        if (!head.ContainsAnyExcept((byte)0))
            return "only zero bytes: the copy or download was not completed; fetch it again";
        // The header of a NIST SPHERE file is a text of 1,024 bytes.
        return !head.StartsWith("NIST_1A"u8) && Text(head) is { } text ? DescribeText(text) : null;
    }

    private static string DescribeText(string text)
    {
        if (Begins("version https://git-lfs"))
            return "a Git LFS pointer, not the recording itself: run 'git lfs pull' in its repository";
        if (text.Contains("/annex/objects/", StringComparison.Ordinal))
            return "a git-annex pointer, not the recording itself: run 'git annex get' in its repository";
        if (Begins("<!doctype html") || Begins("<html"))
            return "an HTML page, not sound: a server sent a page, such as a login or an error, instead of the recording; fetch it again";
        if (text.StartsWith('<'))
            return "an XML document, not sound: a server may have sent an error instead of the recording";
        if (text.StartsWith('{') || text.StartsWith('['))
            return Begins("[InternetShortcut]")
                ? "an internet shortcut, not the recording itself: fetch the file to which it points"
                : "a JSON document, not sound: a server may have sent an error instead of the recording";
        string line = text.ReplaceLineEndings(" ");
        return $"a text file, not sound: it begins with '{(line.Length <= ExcerptCharacters ? line : line[..ExcerptCharacters] + "…")}'";

        bool Begins(string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The text without byte order mark and leading white space; null if the bytes are no text in UTF-8 or UTF-16.</summary>
    private static string? Text(ReadOnlySpan<byte> head)
    {
        string text;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            text = (head[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(head[2..(head.Length & ~1)]);
        else
        {
            // The last character can be cut by the limit of the head.
            text = Encoding.UTF8.GetString(head).TrimEnd('\uFFFD');
        }
        foreach (char c in text)
            if (c == '\uFFFD' || (char.IsControl(c) && c is not ('\t' or '\r' or '\n' or '\f')))
                return null;
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
    }
}
