using System.Text;
using SpeechEmotion.Audio;

namespace SpeechEmotion.Tests.Audio;

internal sealed class ForeignContentTests
{
    private static IEnumerable<TestCaseData> Foreign()
    {
        yield return Text("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a Git LFS pointer.*git lfs pull");
        yield return Text("../../.git/annex/objects/aa/bb/SHA256E-s1--c.wav", "a git-annex pointer.*git annex get");
        yield return Text("\n <!DOCTYPE html>\n<html><head></head></html>", "an HTML page");
        yield return Text("<HTML><body>Sign in</body></HTML>", "an HTML page");
        yield return Text("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "an XML document");
        yield return Text("{\"error\": \"not found\", \"status\": 404}", "a JSON document");
        yield return Text("[InternetShortcut]\r\nURL=http://example.org/a.wav\r\n", "an internet shortcut");
        yield return Text("This is no sound at all, but a text of some length.",
            "a text file.*'This is no sound at all, but a text of s…'");
        yield return Text("Тишина́ — это текст", "a text file");
        yield return Bytes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a text in UTF-16")], "a text file");
        yield return Bytes([0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, .. new byte[56]],
            "a Windows shortcut");
        yield return Bytes([.. "book\0\0\0\0mark\0\0\0\0"u8, .. new byte[40]], "a macOS alias");
        yield return Bytes([0, 5, 0x16, 7, 0, 2, .. new byte[40]], "macOS metadata");
        yield return Bytes([.. "PK\u0003\u0004"u8, .. new byte[40]], "a ZIP archive.*unpack");
        yield return Bytes([0x1F, 0x8B, 8, .. new byte[40]], "a gzip archive");
        yield return Bytes([.. "Rar!\u001A\u0007"u8, .. new byte[40]], "a RAR archive");
        yield return Bytes(new byte[5000], "only zero bytes");

        static TestCaseData Text(string text, string message) => Bytes(Encoding.UTF8.GetBytes(text), message);
        static TestCaseData Bytes(byte[] content, string message) => new TestCaseData(content, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(Foreign))]
    public void Decode_ContentThatIsNoSound_StatesWhatItIs(byte[] content, string message)
    {
        InvalidDataException fault = Assert.Throws<InvalidDataException>(() => AudioFile.Decode(content, "clip.wav"));

        Assert.That(fault.Message, Does.Match("^clip.wav: " + message).And.Not.Contains("\n"));
    }

    private static IEnumerable<TestCaseData> Sound()
    {
        yield return Bytes("MP3 with tags", [.. "ID3"u8, 3, 0, 0, 0, 0, 0x0F, 0x76, .. "TIT2"u8]);
        yield return Bytes("MP3", [0xFF, 0xFB, 0x90, 0x64, 0, 0x0F]);
        yield return Bytes("AMR", [.. "#!AMR\n"u8, 0x3C, 0x91, 0x17, 0x16, 0xBE]);
        yield return Bytes("FLAC", [.. "fLaC"u8, 0, 0, 0, 0x22, 0x10]);
        yield return Bytes("Ogg", [.. "OggS"u8, 0, 2, 0, 0]);
        yield return Bytes("SPHERE", [.. Encoding.ASCII.GetBytes("NIST_1A\n   1024\nsample_count -i 16000\nend_head\n".PadRight(1024))]);

        static TestCaseData Bytes(string name, byte[] head) => new TestCaseData(head).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Sound))]
    public void Describe_BeginOfASoundFile_IsNotRefused(byte[] head) => Assert.That(ForeignContent.Describe(head), Is.Null);
}
