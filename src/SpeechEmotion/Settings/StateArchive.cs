using System.Runtime.InteropServices;

namespace SpeechEmotion.Settings;

/// <summary>
/// Writes the state of an object, or reads it back. A class names its fields once, in one method for both directions:
/// <c>count = archive.Exchange(count)</c>. Numbers keep their bits.
/// </summary>
internal sealed class StateArchive
{
    private readonly Stream stream;

    private StateArchive(Stream stream, bool isReading) => (this.stream, IsReading) = (stream, isReading);

    /// <summary>Whether the state is read.</summary>
    public bool IsReading { get; }

    /// <summary>An archive that writes to a stream.</summary>
    public static StateArchive Writing(Stream stream) => new(stream, isReading: false);

    /// <summary>An archive that reads what another has written.</summary>
    public static StateArchive Reading(Stream stream) => new(stream, isReading: true);

    /// <summary>Writes a number or truth value and returns it, or returns the one read.</summary>
    public T Exchange<T>(T value) where T : unmanaged
    {
        Fill(new Span<T>(ref value));
        return value;
    }

    /// <summary>Writes a vector or fills it. Its length is known to the reader and not written.</summary>
    public void Fill<T>(Span<T> values) where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (IsReading)
            stream.ReadExactly(bytes);
        else
            stream.Write(bytes);
    }

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
}
