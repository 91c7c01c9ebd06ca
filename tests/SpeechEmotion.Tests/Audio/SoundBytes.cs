using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Tests.Audio;

/// <summary>Writes sound files byte by byte, right or wrong, as a test wants them.</summary>
internal static class SoundBytes
{
    /// <summary>Size to be computed from the content.</summary>
    public const long Right = -1;

    private static readonly byte[] GuidTail = [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    public static byte[] Join(params byte[][] parts) => parts.SelectMany(part => part).ToArray();

    public static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] U16(int value, bool big = false)
    {
        byte[] bytes = new byte[2];
        if (big)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    public static byte[] U32(long value, bool big = false)
    {
        byte[] bytes = new byte[4];
        if (big)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] U64(ulong value) => BitConverter.GetBytes(value);

    /// <summary>A chunk with its pad byte.</summary>
    public static byte[] Chunk(string id, byte[] content, long size = Right, bool big = false, bool pad = true) =>
        Join(Ascii(id), U32(size == Right ? content.Length : size, big), content, pad && content.Length % 2 == 1 ? [0] : []);

    /// <summary>The content of a fmt chunk of 16 bytes.</summary>
    public static byte[] Format(int tag, int channels, long rate, int bits, bool big = false, int? block = null)
    {
        int frame = block ?? channels * ((bits + 7) / 8);
        return Join(U16(tag, big), U16(channels, big), U32(rate, big), U32(rate * frame, big), U16(frame, big), U16(bits, big));
    }

    /// <summary>The content of a fmt chunk of 40 bytes.</summary>
    public static byte[] Extensible(int subFormat, int channels, int rate, int containerBits, int validBits) =>
        Join(Format(0xFFFE, channels, rate, containerBits), U16(22), U16(validBits), U32(0), U16(subFormat), U16(0), GuidTail);

    /// <summary>RIFF/WAVE around chunks.</summary>
    public static byte[] Riff(params byte[][] chunks) => RiffAs("RIFF", Right, chunks);

    public static byte[] RiffAs(string id, long size, params byte[][] chunks)
    {
        byte[] content = Join(chunks);
        return Join(Ascii(id), U32(size == Right ? content.Length + 4 : size, id == "RIFX"), Ascii("WAVE"), content);
    }

    /// <summary>A whole plain WAVE file.</summary>
    public static byte[] Wav(int tag, int channels, int rate, int bits, byte[] data) =>
        Riff(Chunk("fmt ", Format(tag, channels, rate, bits)), Chunk("data", data));

    /// <summary>A whole mono 16-bit WAVE file.</summary>
    public static byte[] Wav16(int rate, params short[] samples) => Wav(1, 1, rate, 16, Pcm16(samples));

    public static byte[] Pcm16(params short[] samples) => samples.SelectMany(s => U16(s)).ToArray();

    public static byte[] Pcm16Big(params short[] samples) => samples.SelectMany(s => U16(s, big: true)).ToArray();

    /// <summary>FORM/AIFF or AIFC around chunks.</summary>
    public static byte[] Form(string kind, params byte[][] chunks)
    {
        byte[] content = Join(chunks);
        return Join(Ascii("FORM"), U32(content.Length + 4, big: true), Ascii(kind), content);
    }

    /// <summary>A COMM chunk; with <paramref name="compression"/> that of AIFF-C.</summary>
    public static byte[] Comm(int channels, long frames, int bits, double rate, string? compression = null)
    {
        byte[] name = compression is null ? [] : Join(Ascii(compression), [4], Ascii("name"), [0]);
        return Chunk("COMM", Join(U16(channels, true), U32(frames, true), U16(bits, true), Extended(rate), name), big: true);
    }

    public static byte[] Ssnd(byte[] data, int offset = 0, long size = Right) =>
        Chunk("SSND", Join(U32(offset, true), U32(0, true), new byte[offset], data), size, big: true);

    /// <summary>A whole AIFF (no compression given) or AIFF-C file.</summary>
    public static byte[] Aiff(string? compression, int channels, int bits, int bytes, double rate, byte[] data) =>
        Form(compression is null ? "AIFF" : "AIFC", Comm(channels, data.Length / (bytes * channels), bits, rate, compression), Ssnd(data));

    private static byte[] Extended(double value)
    {
        byte[] bytes = new byte[10];
        if (value == 0)
            return bytes;
        int exponent = (int)Math.Floor(Math.Log2(value));
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(exponent + 16383));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), (ulong)Math.ScaleB(value, 63 - exponent));
        return bytes;
    }
}
