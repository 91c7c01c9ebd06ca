using System.Buffers.Binary;
using System.Text.Json;

namespace SpeechEmotion.Inference;

/// <summary>A tensor as stored in a file: little-endian values, row-major.</summary>
/// <param name="Type">Element type as named by safetensors: F32, I64, U8, …</param>
/// <param name="Shape">Sizes, outermost first; empty for a single value.</param>
/// <param name="Data">The values' bytes.</param>
public sealed record StoredTensor(string Type, long[] Shape, byte[] Data)
{
    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (count, size) => checked(count * size));

    /// <summary>Shape as text: <c>[64, 116, 5]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>
/// The safetensors format: 8 bytes of header length, a JSON header (name → dtype, shape, data_offsets; <c>__metadata__</c>
/// with texts), then the data without gaps or overlaps. All rules of the format are checked; no code in a file is executed.
/// </summary>
internal static class SafeTensors
{
    /// <summary>Maximum header length that the format allows.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    private static readonly Dictionary<string, int> SizeOf = new()
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F16"] = 2, ["BF16"] = 2, ["I16"] = 2, ["U16"] = 2,
        ["F32"] = 4, ["I32"] = 4, ["U32"] = 4, ["F64"] = 8, ["I64"] = 8, ["U64"] = 8,
    };

    /// <summary>Writes tensors in the order of their names (ordinal), so that equal contents give equal bytes.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<string, StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        KeyValuePair<string, StoredTensor>[] ordered = [.. tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
            long at = 0;
            foreach ((string name, StoredTensor tensor) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type);
                json.WriteStartArray("shape");
                foreach (long size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += tensor.Data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces after the header bring the data to a multiple of eight bytes, as the reference writer does.
        while (header.Length % 8 != 0)
            header.WriteByte((byte)' ');

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        header.WriteTo(stream);
        foreach ((_, StoredTensor tensor) in ordered)
            stream.Write(tensor.Data);
    }

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">
    /// The file violates the format; the message states rule and place, without the name of the file.
    /// </exception>
    public static (Dictionary<string, StoredTensor> Tensors, Dictionary<string, string> Metadata) Read(byte[] file)
    {
        if (file.Length < 8)
            throw new InvalidDataException($"{file.Length} bytes are too few for a safetensors file");
        // The header is a JSON object.
        if (file.Length > 8 && file[8] != (byte)'{')
            throw new InvalidDataException("not a safetensors file");
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > MaxHeaderBytes || headerLength > (ulong)(file.Length - 8))
            throw new InvalidDataException(
                $"the header claims {headerLength} bytes at offset 0, the file has {file.Length - 8} after it: " +
                "not a safetensors file, or truncated");

        int dataStart = 8 + (int)headerLength;
        try
        {
            using JsonDocument header = JsonDocument.Parse(
                file.AsMemory(8, (int)headerLength), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return ReadEntries(header.RootElement, file.AsSpan(dataStart));
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new InvalidDataException($"the safetensors header is damaged: {fault.Message}", fault);
        }
    }

    private static (Dictionary<string, StoredTensor>, Dictionary<string, string>) ReadEntries(JsonElement header, ReadOnlySpan<byte> data)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<(string Name, string Type, long[] Shape, long Start, long End)>();
        foreach (JsonProperty property in header.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                foreach (JsonProperty text in property.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString()
                        ?? throw new InvalidDataException($"__metadata__.{text.Name} is not a string");
                continue;
            }
            JsonElement offsets = property.Value.GetProperty("data_offsets");
            if (offsets.GetArrayLength() != 2)
                throw new InvalidDataException($"tensor {property.Name}: data_offsets must be two numbers");
            entries.Add((property.Name,
                property.Value.GetProperty("dtype").GetString() ?? "",
                [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())],
                offsets[0].GetInt64(),
                offsets[1].GetInt64()));
        }

        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        long expected = 0;
        entries = [.. entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End)];
        foreach ((string name, string type, long[] shape, long start, long end) in entries)
        {
            if (!SizeOf.TryGetValue(type, out int size))
                throw new InvalidDataException($"tensor {name}: unknown dtype {type}");
            if (shape.Any(dimension => dimension < 0))
                throw new InvalidDataException($"tensor {name}: negative size in shape [{string.Join(", ", shape)}]");
            long bytes = shape.Aggregate((long)size, (count, dimension) => checked(count * dimension));
            if (start != expected)
            {
                string place = start < expected ? "inside the tensor before it" : "after a hole";
                throw new InvalidDataException($"tensor {name}: begins at data offset {start}, {place}; expected {expected}");
            }
            if (end - start != bytes)
                throw new InvalidDataException(
                    $"tensor {name}: {type} [{string.Join(", ", shape)}] takes {bytes} bytes, its offsets hold {end - start}");
            if (end > data.Length)
                throw new InvalidDataException(
                    $"tensor {name}: ends at data offset {end}, the file's data at {data.Length}: the file is truncated");
            tensors.Add(name, new StoredTensor(type, shape, data[(int)start..(int)end].ToArray()));
            expected = end;
        }
        if (expected != data.Length)
            throw new InvalidDataException($"{data.Length - expected} bytes stand after the last tensor");
        return (tensors, metadata);
    }
}
