using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Text files in UTF-8, or in UTF-16 or UTF-32 with a byte order mark. Other encodings cannot be told apart for certain, and a wrong guess
/// would change names without notice: they are refused.
/// </summary>
internal static class TextFile
{
    /// <summary>The content as UTF-8 without byte order mark.</summary>
    /// <exception cref="InvalidDataException">The encoding is another one; the message names the line.</exception>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    public static ReadOnlyMemory<byte> ReadUtf8(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (Marked(bytes) is { } encoding)
            return Transcode(bytes, encoding, file);
        ReadOnlyMemory<byte> text = bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        if (text.Span.IndexOf((byte)0) >= 0)
            throw new InvalidDataException(
                $"{file}: contains zero bytes, as UTF-16 without byte order mark does: save the file as UTF-8, or as UTF-16 with the mark");
        if (!Utf8.IsValid(text.Span))
            throw NotUtf8(file, text.Span);
        return text;
    }

    /// <summary>The lines of a text file, without their ends.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="ReadUtf8"/>.</exception>
    public static IReadOnlyList<string> ReadLines(string file) =>
        Encoding.UTF8.GetString(ReadUtf8(file).Span).ReplaceLineEndings("\n").Split('\n');

    /// <summary>The message of a fault of a file below a folder, without its path.</summary>
    public static string WithoutPath(InvalidDataException fault, string folder, string file)
    {
        string path = Path.Combine(folder, file);
        return fault.Message.StartsWith(path, StringComparison.Ordinal) ? fault.Message[path.Length..].TrimStart(':', ' ') : fault.Message;
    }

    private static Encoding? Marked(byte[] bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    private static byte[] Transcode(byte[] bytes, Encoding encoding, string file)
    {
        try
        {
            int mark = encoding.Preamble.Length;
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes, mark, bytes.Length - mark));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException(
                $"{file}: its byte order mark promises {encoding.WebName}, which it is not: save it as UTF-8", fault);
        }
    }

    private static InvalidDataException NotUtf8(string file, ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        int line = text[..at].Count((byte)'\n') + 1;
        return new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
            $"{file} line {line}: the byte 0x{text[at]:X2} is not UTF-8; the file may be in Windows-1252 (Latin-1) or another code page: "
            + $"save it as UTF-8 ('CSV UTF-8' in a spreadsheet)"));
    }
}
