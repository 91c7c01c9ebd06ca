using System.Buffers.Binary;

namespace SpeechEmotion.Corpora.Duplicates;

/// <summary>
/// The short form of the fingerprints of one or several recordings: two landmarks of each, 96 bytes, by which
/// <see cref="LandmarkMatcher.Matches"/> recognises copies of recordings that are not at hand.
/// </summary>
internal sealed class CompactFingerprint
{
    /// <summary>
    /// Share of equal or opposite signs above which a landmark is that of a copy: a correlation of 0.95. Different takes of one sentence
    /// reach 0.88, once in millions of pairs.
    /// </summary>
    public const double MinAgreement = 0.9;

    /// <summary>Smallest number of signs that are compared: with fewer, chance would decide.</summary>
    public const int MinCompared = 64;

    private const int Landmarks = 2, WordsEach = 6;

    private CompactFingerprint(Landmark[] peaks) => Peaks = peaks;

    /// <summary>The landmarks; their positions are not known.</summary>
    public Landmark[] Peaks { get; }

    /// <summary>Shortens a fingerprint.</summary>
    public static CompactFingerprint From(Fingerprint fingerprint) =>
        new([.. fingerprint.Peaks.Take(Landmarks).Select(peak => peak with { Position = 0 })]);

    /// <summary>The text of the short forms of several recordings, in an order that does not tell theirs.</summary>
    public static string Join(IEnumerable<Fingerprint> recordings) =>
        string.Concat(recordings.Select(each => From(each).ToString()).Order(StringComparer.Ordinal));

    /// <summary>Reads the text that <see cref="ToString"/> or <see cref="Join"/> wrote.</summary>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static CompactFingerprint Parse(string text)
    {
        byte[] bytes = Convert.FromBase64String(text);
        if (bytes.Length % (WordsEach * sizeof(ulong)) != 0)
            throw new FormatException($"a fingerprint of {bytes.Length} bytes: must be a multiple of {WordsEach * sizeof(ulong)}");
        ulong[] words = new ulong[bytes.Length / sizeof(ulong)];
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)));
        return new CompactFingerprint([.. words.Chunk(WordsEach)
            .Select(each => new Landmark(0, new EnvelopeCode(each[0], each[1]), new SparseSigns(each[2], each[3], each[4], each[5])))]);
    }

    /// <summary>128 characters of Base64; fewer for a recording with a single landmark or none.</summary>
    public override string ToString()
    {
        byte[] bytes = new byte[Peaks.Length * WordsEach * sizeof(ulong)];
        IEnumerable<ulong> words = Peaks.SelectMany(peak =>
            (ulong[])[peak.Code.Low, peak.Code.High, peak.Signs.A, peak.Signs.B, peak.Signs.C, peak.Signs.D]);
        foreach ((int i, ulong word) in words.Index())
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), word);
        return Convert.ToBase64String(bytes);
    }
}
