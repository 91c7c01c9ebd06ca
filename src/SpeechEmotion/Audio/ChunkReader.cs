using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>
/// Forward reader for the chunks of a RIFF or IFF container. A chunk has an identifier of four characters, a size, the content, and a
/// pad byte after an odd size.
/// </summary>
/// <param name="stream">A file or a pipe.</param>
/// <param name="bigEndian">Whether numbers are big-endian.</param>
/// <param name="passed">Number of bytes of a pipe that were read before.</param>
internal sealed class ChunkReader(Stream stream, bool bigEndian, long passed = 0)
{
    private long passed = passed;

    /// <summary>Whether numbers are big-endian.</summary>
    public bool BigEndian => bigEndian;

    /// <summary>Whether the stream is seekable, so that its length is known.</summary>
    public bool CanSeek => stream.CanSeek;

    /// <summary>Bytes up to the end of the file; <see cref="long.MaxValue"/> for a pipe.</summary>
    public long Left => stream.CanSeek ? stream.Length - stream.Position : long.MaxValue;

    /// <summary>Position in the stream; a seekable stream only.</summary>
    public long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>Number of bytes before the next one; for a pipe as well.</summary>
    public long Offset => stream.CanSeek ? stream.Position : passed;

    /// <summary>Reads the next identifier and size; false at the end of the file.</summary>
    public bool TryReadChunk(out string id, out uint size)
    {
        Span<byte> header = stackalloc byte[8];
        int got = Fill(header);
        id = Encoding.Latin1.GetString(header[..4]);
        size = U32(header[4..]);
        return got == 8;
    }

    /// <summary>Reads the next bytes, fewer at the end of the file.</summary>
    public byte[] ReadBytes(int count)
    {
        byte[] bytes = new byte[count];
        int got = Fill(bytes);
        return got == count ? bytes : bytes[..got];
    }

    /// <summary>Skips the rest of the content of a chunk and, if <paramref name="odd"/>, its pad byte.</summary>
    public void Skip(long count, bool odd)
    {
        if (stream.CanSeek)
        {
            stream.Position = Math.Min(stream.Length, stream.Position + count);
            // Some programs omit the pad byte. It is 0, with which no identifier begins.
            if (odd && stream.ReadByte() > 0)
                stream.Position--;
            return;
        }
        Span<byte> buffer = stackalloc byte[4096];
        for (long left = count + (odd ? 1 : 0); left > 0;)
        {
            int got = stream.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            if (got == 0)
                return;
            left -= got;
            passed += got;
        }
    }

    /// <summary>
    /// Seeks to the next occurrence of one of the identifiers at or after <paramref name="from"/>; false if there is none.
    /// </summary>
    public bool TryFind(long from, params ReadOnlySpan<string> ids)
    {
        byte[] buffer = new byte[1 << 16];
        for (long start = from; ; start += buffer.Length - 3)
        {
            stream.Position = Math.Min(start, stream.Length);
            int got = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            int first = int.MaxValue;
            foreach (string id in ids)
            {
                int at = buffer.AsSpan(0, got).IndexOf(Encoding.Latin1.GetBytes(id));
                if (at >= 0)
                    first = Math.Min(first, at);
            }
            if (first < int.MaxValue)
            {
                stream.Position = start + first;
                return true;
            }
            if (got < buffer.Length)
                return false;
        }
    }

    /// <summary>Whether the characters can be an identifier: printable ASCII.</summary>
    public static bool IsIdentifier(string id)
    {
        foreach (char c in id)
            if (c is < ' ' or > '~')
                return false;
        return true;
    }

    private int Fill(Span<byte> bytes)
    {
        int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        passed += got;
        return got;
    }

    /// <summary>The first two bytes as a number.</summary>
    public ushort U16(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>The first four bytes as a number.</summary>
    public uint U32(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>The first eight bytes as a number.</summary>
    public ulong U64(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}
