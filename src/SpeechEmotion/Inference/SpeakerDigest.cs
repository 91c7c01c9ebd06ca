using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SpeechEmotion.Inference;

/// <summary>
/// One speaker of the training or validation part, as hashes. Whoever has the same recordings, or knows the names, can recognise them;
/// nobody can read them from the file.
/// </summary>
/// <remarks>
/// A hash is the first six bytes of a SHA-256 in Base64url: eight characters. Among 10,000 recordings and 10,000 others, one pair has the
/// same hash by chance with a probability of 4e-7.
/// </remarks>
/// <param name="Corpus">Hash of the name of the corpus.</param>
/// <param name="Speaker">Hash of the name of the speaker within the corpus; empty for utterances whose speaker is not named.</param>
/// <param name="Recordings">The hashes of the recordings, in ascending ordinal order, one behind the other.</param>
public sealed record SpeakerDigest(string Corpus, string Speaker, string Recordings)
{
    private const int HashBytes = 6;

    /// <summary>
    /// The loudest moments of the recordings, two each, 64 characters of Base64 a moment, one behind the other in the order of their text.
    /// By them a copy through a codec or at another rate is recognised; no sound can be had from them. Empty in a checkpoint that does not
    /// record them.
    /// </summary>
    public string Landmarks { get; init; } = "";

    /// <summary>Characters of a hash.</summary>
    internal const int HashLength = 8;

    /// <summary>Number of recordings.</summary>
    public int Count => Recordings.Length / HashLength;

    /// <summary>The digest of a speaker.</summary>
    /// <param name="corpus">Name of the corpus.</param>
    /// <param name="speaker">Name of the speaker within the corpus; empty when it is not named.</param>
    /// <param name="samples">SHA-256 of the samples of each recording, in hexadecimal digits.</param>
    internal static SpeakerDigest Create(string corpus, string speaker, IEnumerable<string> samples) => new(
        HashName(corpus),
        speaker.Length == 0 ? "" : HashName(speaker),
        string.Concat(samples.Select(HashRecording).Distinct().Order(StringComparer.Ordinal)));

    /// <summary>The hash of a name.</summary>
    internal static string HashName(string name) => Shorten(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>The hash of a recording.</summary>
    /// <param name="samples">SHA-256 of its samples, in hexadecimal digits.</param>
    internal static string HashRecording(string samples) => Shorten(Convert.FromHexString(samples));

    /// <summary>The hashes of the recordings, one by one.</summary>
    internal IEnumerable<string> SplitRecordings() => Recordings.Chunk(HashLength).Select(hash => new string(hash));

    private static string Shorten(byte[] hash) => Base64Url.EncodeToString(hash.AsSpan(0, HashBytes));
}
