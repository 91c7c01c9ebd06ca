namespace SpeechEmotion.Audio;

/// <summary>
/// The header of a WAVE file: RIFF, its big-endian form RIFX, and the 64-bit forms RF64 (EBU Tech 3306) and BW64
/// (ITU-R BS.2088). A pipe is read forwards only; in a seekable file, reading resumes after a chunk of wrong size.
/// </summary>
internal static class WavHeader
{
    private const int MagicBytes = 12;
    private const int FormatBytes = 40; // the longest form, WAVEFORMATEXTENSIBLE

    /// <summary>Whether the first twelve bytes of a file are those of a WAVE file.</summary>
    public static bool Begins(ReadOnlySpan<byte> magic) =>
        magic[8..12].SequenceEqual("WAVE"u8)
        && (magic[..4].SequenceEqual("RIFF"u8) || magic[..4].SequenceEqual("RIFX"u8)
            || magic[..4].SequenceEqual("RF64"u8) || magic[..4].SequenceEqual("BW64"u8));

    /// <summary>Reads up to the first sample.</summary>
    /// <param name="magic">The first twelve bytes of the file.</param>
    /// <param name="stream">The file or pipe, positioned after them.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <exception cref="InvalidDataException">The header is unreadable.</exception>
    public static SoundHeader Read(ReadOnlySpan<byte> magic, Stream stream, FileNotes notes)
    {
        ChunkReader reader = new(stream, bigEndian: magic[3] == 'X', passed: MagicBytes);
        uint riffSize = reader.U32(magic[4..]);
        ulong? longDataSize = null;
        SoundHeader? header = null;
        while (reader.TryReadChunk(out string id, out uint size))
        {
            long content = reader.CanSeek ? reader.Position : 0;
            if (id == "data")
            {
                if (header is null)
                    throw notes.Fault(reader.Offset - 8, "the data chunk comes before any fmt chunk: its format is unknown");
                return header with { DataBytes = DataBytes(reader, riffSize, size, longDataSize, notes), Start = reader.Offset };
            }

            long taken = 0;
            if (id == "fmt ")
            {
                long at = reader.Offset;
                byte[] format = reader.ReadBytes((int)Math.Min(size == 0 ? 16 : size, FormatBytes));
                taken = format.Length;
                header = ReadFormat(reader, at, format, notes);
            }
            else if (id == "ds64")
            {
                byte[] sizes = reader.ReadBytes((int)Math.Min(size, 16));
                taken = sizes.Length;
                if (sizes.Length == 16)
                    longDataSize = reader.U64(sizes.AsSpan(8));
            }

            bool damaged = !ChunkReader.IsIdentifier(id) || size - taken > reader.Left || (id == "fmt " && size == 0);
            if (!damaged || !reader.CanSeek)
                reader.Skip(Math.Max(0, size - taken), size % 2 == 1);
            else if (!Resume(reader, content, header is not null))
                break;
            else
                notes.Warn("a chunk in the header has a wrong size: the next one was looked for by its name");
        }
        throw notes.Fault(reader.Offset, "no samples: the file ends before its data chunk");
    }

    /// <summary>Warns if no chunk follows the samples: the size of the data chunk is wrong, or other data was appended.</summary>
    public static void CheckAfterData(Stream stream, long dataBytes, FileNotes notes)
    {
        ChunkReader reader = new(stream, bigEndian: false);
        if (dataBytes == SoundHeader.ToTheEnd || !reader.CanSeek)
            return;
        reader.Skip(0, dataBytes % 2 == 1);
        long left = reader.Left;
        if (reader.TryReadChunk(out string id, out _) && !ChunkReader.IsIdentifier(id))
            notes.Warn($"{left} bytes after the data chunk are no chunk and were left out: its size may be wrong");
    }

    /// <summary>Seeks to the next format or data chunk after a chunk whose size is wrong.</summary>
    private static bool Resume(ChunkReader reader, long content, bool hasFormat) =>
        // The searched identifier can start before the damaged one, if a chunk is a byte or two shorter than its size.
        hasFormat ? reader.TryFind(content - 11, "data") : reader.TryFind(content - 11, "fmt ", "data");

    private static SoundHeader ReadFormat(ChunkReader reader, long at, byte[] chunk, FileNotes notes)
    {
        if (chunk.Length < 16)
            throw notes.Fault(at, $"a fmt chunk of {chunk.Length} bytes: must be at least 16");
        int tag = reader.U16(chunk);
        int channels = reader.U16(chunk.AsSpan(2));
        int rate = SampleFormat.CheckRate(reader.U32(chunk.AsSpan(4)), at + 4, channels, at + 2, notes);
        int block = reader.U16(chunk.AsSpan(12));
        int bits = reader.U16(chunk.AsSpan(14));
        if (tag == 0xFFFE)
            tag = SubFormat(reader, chunk);

        (SampleCoding Coding, int Bytes)? coding = (tag, bits) switch
        {
            // Samples are left-justified in their container, so the scale depends on the container alone.
            (1, >= 1 and <= 8) => (SampleCoding.Unsigned, 1),
            (1, <= 16 and > 0) => (SampleCoding.Signed, 2),
            (1, <= 24 and > 0) => (SampleCoding.Signed, block == 4 * channels ? 4 : 3),
            (1, <= 32 and > 0) => (SampleCoding.Signed, 4),
            (3, 32) => (SampleCoding.Float, 4),
            (3, 64) => (SampleCoding.Float, 8),
            (6, 8) => (SampleCoding.ALaw, 1),
            (7, 8) => (SampleCoding.MuLaw, 1),
            _ => null,
        };
        string name = $"WAVE format 0x{tag:X4} with {bits} bits";
        return coding is { } known
            ? new SoundHeader(new SampleFormat(known.Coding, known.Bytes, reader.BigEndian, channels, rate), name, 0)
            : new SoundHeader(null, name, 0);
    }

    /// <summary>
    /// The format tag x in the GUID xxxxxxxx-0000-0010-8000-00AA00389B71 of WAVEFORMATEXTENSIBLE; 0xFFFE for another GUID.
    /// </summary>
    private static int SubFormat(ChunkReader reader, byte[] chunk)
    {
        if (chunk.Length < FormatBytes)
            return 0xFFFE;
        uint tag = reader.U32(chunk.AsSpan(24));
        bool known = tag <= 0xFFFF && reader.U16(chunk.AsSpan(28)) == 0 && reader.U16(chunk.AsSpan(30)) == 0x10
            && chunk.AsSpan(32, 8).SequenceEqual((ReadOnlySpan<byte>)[0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71]);
        return known ? (int)tag : 0xFFFE;
    }

    private static long DataBytes(ChunkReader reader, uint riffSize, uint size, ulong? longSize, FileNotes notes)
    {
        long left = reader.Left;
        if (size == uint.MaxValue && longSize is > 0 and <= long.MaxValue)
            return (long)longSize;
        if (size == 0 && left > 0 && reader.CanSeek && riffSize + 8L != reader.Position + left)
        {
            notes.Warn("the header was never completed (a data size of 0): read up to the end of the file");
            return SoundHeader.ToTheEnd;
        }
        // Placeholders of programs that write to a pipe and cannot seek back: all bits set (ffmpeg), or about 2 GiB (SoX, arecord).
        bool placeholder = size >= 0xFFFFFF00 || size is >= 0x7FFFF000 and <= 0x80000000;
        return placeholder && (size > left || !reader.CanSeek) ? SoundHeader.ToTheEnd : size;
    }
}
