using System.Buffers.Binary;
using System.Text;

namespace SpeechEmotion.Audio;

/// <summary>The header of an AIFF or AIFF-C file (Apple, "Audio Interchange File Format", 1989 and 1991).</summary>
internal static class AiffHeader
{
    private const long Unknown = -1;

    /// <summary>Whether the first twelve bytes of a file are those of an AIFF or AIFF-C file.</summary>
    public static bool Begins(ReadOnlySpan<byte> magic) =>
        magic[..4].SequenceEqual("FORM"u8) && (magic[8..12].SequenceEqual("AIFF"u8) || magic[8..12].SequenceEqual("AIFC"u8));

    /// <summary>Reads the chunks, whose order is free, and seeks to the first sample.</summary>
    /// <param name="stream">The file, seekable, positioned after its first twelve bytes.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <exception cref="InvalidDataException">The header is unreadable.</exception>
    public static SoundHeader Read(Stream stream, FileNotes notes)
    {
        ChunkReader reader = new(stream, bigEndian: true);
        SoundHeader? header = null;
        (long Start, long Bytes)? sound = null;
        while ((header is null || sound is null) && reader.TryReadChunk(out string id, out uint size))
        {
            long content = reader.Position;
            if (id == "COMM")
                header = ReadCommon(reader, content, reader.ReadBytes((int)Math.Min(size, 22)), notes);
            else if (id == "SSND")
                sound = ReadSound(reader, size, notes);
            reader.Position = content;
            if (ChunkReader.IsIdentifier(id) && size <= reader.Left)
                reader.Skip(size, size % 2 == 1);
            else if (header is null || sound is null)
            {
                // The searched identifier can start before the damaged one, if a chunk is a byte or two shorter than its size.
                if (!reader.TryFind(content - 11, header is null ? "COMM" : "SSND"))
                    break;
                notes.Warn("a chunk in the header has a wrong size: the next one was looked for by its name");
            }
        }

        if (header is null)
            throw notes.Fault(reader.Offset, "no COMM chunk: its format is unknown");
        if (sound is not { } found)
            throw notes.Fault(reader.Offset, "no samples: the file ends before its SSND chunk");
        reader.Position = Math.Min(found.Start, stream.Length);
        return header with { DataBytes = DataBytes(header.DataBytes, found.Bytes, notes), Start = reader.Position };
    }

    private static SoundHeader ReadCommon(ChunkReader reader, long at, byte[] chunk, FileNotes notes)
    {
        if (chunk.Length < 18)
            throw notes.Fault(at, $"a COMM chunk of {chunk.Length} bytes: must be at least 18");
        int channels = reader.U16(chunk);
        long frames = reader.U32(chunk.AsSpan(2));
        int bits = reader.U16(chunk.AsSpan(6));
        int rate = SampleFormat.CheckRate(Extended(chunk.AsSpan(8, 10)), at + 8, channels, at, notes);
        string compression = chunk.Length >= 22 ? Encoding.Latin1.GetString(chunk, 18, 4) : "NONE";

        int bytes = (bits + 7) / 8; // a sample is left-justified in a whole number of bytes
        bool pcm = bytes is >= 1 and <= 4;
        SampleFormat? format = compression switch
        {
            "NONE" or "twos" when pcm => new(SampleCoding.Signed, bytes, true, channels, rate),
            "sowt" when pcm => new(SampleCoding.Signed, bytes, false, channels, rate),
            "raw " when bytes == 1 => new(SampleCoding.Unsigned, 1, true, channels, rate),
            "in24" => new(SampleCoding.Signed, 3, true, channels, rate),
            "in32" => new(SampleCoding.Signed, 4, true, channels, rate),
            "fl32" or "FL32" => new(SampleCoding.Float, 4, true, channels, rate),
            "fl64" or "FL64" => new(SampleCoding.Float, 8, true, channels, rate),
            "alaw" or "ALAW" => new(SampleCoding.ALaw, 1, true, channels, rate),
            "ulaw" or "ULAW" => new(SampleCoding.MuLaw, 1, true, channels, rate),
            _ => null,
        };
        return new SoundHeader(format, $"AIFF-C coding '{compression}' with {bits} bits", frames * (format?.FrameBytes ?? 0));
    }

    private static (long Start, long Bytes) ReadSound(ChunkReader reader, uint size, FileNotes notes)
    {
        byte[] chunk = reader.ReadBytes(8);
        if (chunk.Length < 8)
            throw notes.Fault(reader.Offset, "no samples: the file ends within its SSND chunk");
        long offset = reader.U32(chunk);
        long bytes = size < 8 || size == uint.MaxValue ? Unknown : Math.Max(0, size - 8 - offset);
        return (reader.Position + offset, bytes);
    }

    /// <summary>Both chunks state the length. The shorter one is used; 0 is what an interrupted recorder leaves in either.</summary>
    private static long DataBytes(long common, long sound, FileNotes notes)
    {
        if (common > 0 && sound > 0 && common > sound)
            notes.Warn($"its COMM chunk promises {common} bytes of samples, its SSND chunk holds {sound}");
        else if (common == 0 && sound != 0)
            notes.Warn("the header was never completed (0 frames): read up to the end of the samples");
        return (common, sound) switch
        {
            (0, Unknown) => SoundHeader.ToTheEnd,
            (0, _) => sound,
            (_, Unknown) => common,
            _ => Math.Min(common, sound),
        };
    }

    /// <summary>
    /// Reads an 80-bit IEEE 754 extended number: sign and exponent in two bytes, then a mantissa with explicit leading bit.
    /// </summary>
    private static double Extended(ReadOnlySpan<byte> bytes)
    {
        int exponent = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        ulong mantissa = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        double magnitude = Math.ScaleB(mantissa, (exponent & 0x7FFF) - 16383 - 63);
        return (exponent & 0x8000) != 0 ? -magnitude : magnitude;
    }
}
