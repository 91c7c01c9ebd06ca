using System.Security.Cryptography;
using System.Text;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Streaming;

/// <summary>
/// The bytes of a snapshot: four characters, the version, the model's hash, the state, and the first eight bytes of the SHA-256 of all
/// before.
/// </summary>
internal static class StreamSnapshot
{
    private const int Version = 1;
    private const int HashBytes = 32, CheckBytes = 8;

    private static readonly byte[] Magic = "SEst"u8.ToArray();

    private static int HeaderBytes => Magic.Length + sizeof(int) + HashBytes;

    /// <summary>Writes a snapshot.</summary>
    /// <param name="modelHash">SHA-256 of the model in hexadecimal digits.</param>
    /// <param name="write">Writes the state.</param>
    public static byte[] Write(string modelHash, Action<StateArchive> write)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        StateArchive archive = StateArchive.Writing(bytes);
        archive.Exchange(Version);
        bytes.Write(Convert.FromHexString(modelHash));
        write(archive);
        bytes.Write(Check(bytes.ToArray()));
        return bytes.ToArray();
    }

    /// <summary>The archive of a snapshot, at the start of the state.</summary>
    /// <exception cref="InvalidDataException">It is no snapshot, is damaged, or is of another version or model.</exception>
    public static StateArchive Read(ReadOnlySpan<byte> snapshot, string modelHash)
    {
        if (snapshot.Length < HeaderBytes + CheckBytes || !snapshot.StartsWith(Magic))
            throw new InvalidDataException($"no snapshot of a stream: {snapshot.Length} bytes that begin otherwise");
        var bytes = new MemoryStream(snapshot[..^CheckBytes].ToArray()) { Position = Magic.Length };
        StateArchive archive = StateArchive.Reading(bytes);
        int version = archive.Exchange(0);
        if (version != Version)
            throw new InvalidDataException($"snapshot version {version}; this program reads version {Version}");
        if (!snapshot[^CheckBytes..].SequenceEqual(Check(snapshot[..^CheckBytes])))
            throw new InvalidDataException("the snapshot is damaged: its contents do not match their hash");
        string hash = Convert.ToHexStringLower(snapshot.Slice(Magic.Length + sizeof(int), HashBytes));
        if (hash != modelHash)
            throw new InvalidDataException($"the snapshot is of another model (SHA-256 {hash[..8]}…, not {modelHash[..8]}…)");
        bytes.Position = HeaderBytes;
        return archive;
    }

    private static ReadOnlySpan<byte> Check(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, CheckBytes);
}
