using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Corpora.Duplicates;
using SpeechEmotion.Features;

namespace SpeechEmotion.Corpora.Caching;

/// <summary>One file of the cache: the reading of a recording, and its features.</summary>
/// <param name="Recording">The reading.</param>
/// <param name="Features">[features, frames], not normalised.</param>
internal sealed record CachedFeatures(RecordingFacts Recording, FeatureMatrix Features)
{
    private const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>Writes the SHA-256 of the content, then the content, which begins with <paramref name="name"/>.</summary>
    public void Write(Stream stream, string name)
    {
        using MemoryStream body = new();
        using (BinaryWriter writer = new(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(name);
            Write(writer, Recording);
            writer.Write(Features.Features);
            writer.Write(Features.Frames);
            writer.Write(MemoryMarshal.AsBytes(Features.Values.AsSpan()));
        }
        ReadOnlySpan<byte> bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        stream.Write(SHA256.HashData(bytes));
        stream.Write(bytes);
    }

    /// <summary>Reads a file and checks its hash and name.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or was written under another name.</exception>
    public static CachedFeatures Read(string path, string name)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.Length is < HashBytes or > int.MaxValue)
            throw new InvalidDataException($"{path}: {file.Length} bytes");
        int length = (int)file.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            file.ReadExactly(rented, 0, length);
            Span<byte> hash = stackalloc byte[HashBytes];
            SHA256.HashData(rented.AsSpan(HashBytes, length - HashBytes), hash);
            if (!hash.SequenceEqual(rented.AsSpan(0, HashBytes)))
                throw new InvalidDataException($"{path}: damaged");
            using BinaryReader reader = new(new MemoryStream(rented, HashBytes, length - HashBytes), Encoding.UTF8);
            if (reader.ReadString() != name)
                throw new InvalidDataException($"{path}: of another recording or other settings");
            RecordingFacts recording = ReadRecording(reader);
            int features = reader.ReadInt32(), frames = reader.ReadInt32();
            float[] values = GC.AllocateUninitializedArray<float>(features * frames);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return new CachedFeatures(recording, new FeatureMatrix(values, features, frames));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Write(BinaryWriter writer, RecordingFacts recording)
    {
        writer.Write(recording.SamplesSha256);
        writer.Write(recording.Seconds);
        writer.Write(recording.SampleRate);
        writer.Write(recording.Fingerprint is not null);
        if (recording.Fingerprint is { } fingerprint)
        {
            Write(writer, fingerprint.Signs.Words);
            Write(writer, fingerprint.ActiveBlocks.Words);
            Write(writer, fingerprint.Peaks);
        }
        writer.Write(recording.Warnings.Count);
        foreach (string warning in recording.Warnings)
            writer.Write(warning);
    }

    private static RecordingFacts ReadRecording(BinaryReader reader)
    {
        RecordingFacts facts = new()
        {
            SamplesSha256 = reader.ReadString(), Seconds = reader.ReadDouble(), SampleRate = reader.ReadInt32(),
        };
        if (reader.ReadBoolean())
        {
            facts = facts with
            {
                Fingerprint = new Fingerprint
                {
                    Signs = new SignSequence(Read<ulong>(reader)),
                    ActiveBlocks = new SignSequence(Read<ulong>(reader)),
                    Peaks = Read<Landmark>(reader),
                },
            };
        }
        string[] warnings = new string[reader.ReadInt32()];
        for (int i = 0; i < warnings.Length; i++)
            warnings[i] = reader.ReadString();
        return facts with { Warnings = warnings };
    }

    private static void Write<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        T[] values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
