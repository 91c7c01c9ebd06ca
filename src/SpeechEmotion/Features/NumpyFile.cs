using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SpeechEmotion.Features;

/// <summary>
/// Writes features, or another matrix, as a NumPy array file, format 1.0 (numpy.lib.format): <c>numpy.load</c> returns a float32
/// array in C order; that of features has the shape (features, frames).
/// </summary>
public static class NumpyFile
{
    private const int Alignment = 64;
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];

    /// <summary>Writes header and values to a stream.</summary>
    public static void Write(Stream stream, FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(features);
        Write(stream, features.Features, features.Frames, features.Values);
    }

    /// <summary>Writes the header and the values of a matrix, row after row, to a stream.</summary>
    /// <exception cref="ArgumentException">There are not <paramref name="rows"/> · <paramref name="columns"/> values.</exception>
    public static void Write(Stream stream, int rows, int columns, float[] values)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)rows * columns)
            throw new ArgumentException($"{values.Length} values are not {rows} rows of {columns}", nameof(values));
        string shape = FormattableString.Invariant($"({rows}, {columns})");
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";
        // Magic, length and header together are a multiple of 64 bytes; the header is padded with spaces and ends with a line feed.
        int before = Magic.Length + sizeof(ushort);
        int length = (before + header.Length + 1 + Alignment - 1) / Alignment * Alignment - before;
        byte[] head = new byte[before + length];
        Magic.CopyTo(head, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(Magic.Length), (ushort)length);
        Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n", head.AsSpan(before));
        stream.Write(head);
        WriteFloats(stream, values);
    }

    private static void WriteFloats(Stream stream, float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            const int chunk = 1 << 20; // an array of floats can have more bytes than a span
            for (int start = 0; start < values.Length; start += chunk)
                stream.Write(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(chunk, values.Length - start))));
            return;
        }
        byte[] four = new byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(four, value);
            stream.Write(four);
        }
    }
}
