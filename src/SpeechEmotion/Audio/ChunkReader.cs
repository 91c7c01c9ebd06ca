using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>Walks the chunks of a RIFF or IFF container forwards: an identifier of four characters, a size, the content, a pad byte after an odd size.</summary>
/// <param name="stream">The file, or a pipe.</param>
/// <param name="bigEndian">Whether numbers have their most significant byte first.</param>
/// <param name="passed">How many bytes of a pipe were read before.</param>
internal sealed class ChunkReader(Stream stream, bool bigEndian, long passed = 0)
{
    private long passed = passed;

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool BigEndian => bigEndian;

    /// <summary>Whether the end of the file is known and the reader can go back.</summary>
    public bool CanSeek => stream.CanSeek;

    /// <summary>Bytes from here to the end of the file; without end when the stream cannot tell.</summary>
    public long Left => stream.CanSeek ? stream.Length - stream.Position : long.MaxValue;

    /// <summary>Where the reader stands; only when it can seek.</summary>
    public long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    /// <summary>How many bytes stand before the next one.</summary>
    public long Offset => stream.CanSeek ? stream.Position : passed;

    /// <summary>The next identifier and size; false at the end of the file.</summary>
    public bool TryReadChunk(out string id, out uint size)
    {
        Span<byte> header = stackalloc byte[8];
        int got = Fill(header);
        id = Encoding.Latin1.GetString(header[..4]);
        size = U32(header[4..]);
        return got == 8;
    }

    /// <summary>The next bytes, fewer when the file ends.</summary>
    public byte[] ReadBytes(int count)
    {
        byte[] bytes = new byte[count];
        int got = Fill(bytes);
        return got == count ? bytes : bytes[..got];
    }

    /// <summary>Passes over the rest of a chunk's content and, when <paramref name="odd"/>, its pad byte.</summary>
    public void Skip(long count, bool odd)
    {
        if (stream.CanSeek)
        {
            stream.Position = Math.Min(stream.Length, stream.Position + count);
            // Some writers leave the pad byte out. It is 0, which no identifier begins with.
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

    /// <summary>Moves to the next place at or after <paramref name="from"/> where one of the identifiers is written; false when there is none.</summary>
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

    /// <summary>Whether four characters can be an identifier: printable ASCII.</summary>
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

    /// <summary>Two bytes as a number.</summary>
    public ushort U16(ReadOnlySpan<byte> at) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    /// <summary>Four bytes as a number.</summary>
    public uint U32(ReadOnlySpan<byte> at) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    /// <summary>Eight bytes as a number.</summary>
    public ulong U64(ReadOnlySpan<byte> at) =>
        bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(at) : BinaryPrimitives.ReadUInt64LittleEndian(at);
}
