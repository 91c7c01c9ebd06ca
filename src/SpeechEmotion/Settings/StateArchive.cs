using System.Runtime.InteropServices;

namespace SpeechEmotion.Settings;

/// <summary>
/// Writes the state of an object, or reads it back. A class names its fields once, in one method for both directions:
/// <c>count = archive.Exchange(count)</c>. Numbers keep their bits.
/// </summary>
internal sealed class StateArchive
{
    private readonly BinaryWriter? writer;
    private readonly BinaryReader reader = null!;

    private StateArchive(BinaryWriter writer) => this.writer = writer;

    private StateArchive(BinaryReader reader) => this.reader = reader;

    /// <summary>Whether the state is read.</summary>
    public bool IsReading => writer is null;

    /// <summary>An archive that writes to a stream.</summary>
    public static StateArchive Writing(Stream stream) => new(new BinaryWriter(stream));

    /// <summary>An archive that reads what another has written.</summary>
    public static StateArchive Reading(Stream stream) => new(new BinaryReader(stream));

    /// <summary>Writes the value and returns it, or returns the value read.</summary>
    public double Exchange(double value)
    {
        writer?.Write(value);
        return IsReading ? reader.ReadDouble() : value;
    }

    /// <inheritdoc cref="Exchange(double)"/>
    public long Exchange(long value)
    {
        writer?.Write(value);
        return IsReading ? reader.ReadInt64() : value;
    }

    /// <inheritdoc cref="Exchange(double)"/>
    public int Exchange(int value)
    {
        writer?.Write(value);
        return IsReading ? reader.ReadInt32() : value;
    }

    /// <inheritdoc cref="Exchange(double)"/>
    public bool Exchange(bool value)
    {
        writer?.Write(value);
        return IsReading ? reader.ReadBoolean() : value;
    }

    /// <summary>Writes a vector or fills it. Its length is known to the reader and not written.</summary>
    public void Fill(Span<double> values) => FillBytes(MemoryMarshal.AsBytes(values));

    /// <inheritdoc cref="Fill(Span{double})"/>
    public void Fill(Span<float> values) => FillBytes(MemoryMarshal.AsBytes(values));

    /// <summary>Writes a vector with its length and returns it, or returns the vector read.</summary>
    public double[] Exchange(double[] values)
    {
        int length = Exchange(values.Length);
        double[] result = IsReading ? new double[length] : values;
        Fill(result);
        return result;
    }

    /// <summary>Writes a list with its length, or returns the list read.</summary>
    /// <param name="items">The items; not used when reading.</param>
    /// <param name="exchange">Writes an item and returns it, or returns the item read. It gets <c>default</c> when reading.</param>
    public List<T> Exchange<T>(IReadOnlyCollection<T> items, Func<T, T> exchange)
    {
        int count = Exchange(items.Count);
        return [.. (IsReading ? Enumerable.Repeat(default(T)!, count) : items).Select(exchange)];
    }

    private void FillBytes(Span<byte> bytes)
    {
        writer?.Write(bytes);
        if (IsReading)
            reader.BaseStream.ReadExactly(bytes);
    }
}
