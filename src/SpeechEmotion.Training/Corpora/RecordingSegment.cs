using System.Globalization;
using System.Text.RegularExpressions;

namespace SpeechEmotion.Corpora;

/// <summary>A section of a recording.</summary>
/// <param name="Start">Its begin in seconds from that of the recording, at least 0.</param>
/// <param name="End">Its end in seconds, greater than <paramref name="Start"/>; null: the end of the recording.</param>
internal sealed partial record RecordingSegment(double Start, double? End)
{
    private const char Mark = '#';

    /// <summary>The ending by which paths, hashes and cache keys tell segments apart: <c>#1.5-3.25</c>, <c>#1.5-</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}{Start}-{End}");

    /// <summary>The path of the file, given that of a file or of a segment of it.</summary>
    public static string FilePath(string path) => Ending().Replace(path, "");

    /// <summary>The hash of the file, given that of a file or of a segment of it.</summary>
    public static string FileHash(string hash) => hash.IndexOf(Mark, StringComparison.Ordinal) is int at and >= 0 ? hash[..at] : hash;

    [GeneratedRegex(@"#[0-9.]+-[0-9.]*$")]
    private static partial Regex Ending();
}
