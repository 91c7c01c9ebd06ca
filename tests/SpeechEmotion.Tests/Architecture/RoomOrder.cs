using System.Text.RegularExpressions;

namespace SpeechEmotion.Tests.Architecture;

/// <summary>The library's folders in the order of the stream; code may look upstream (left) alone.</summary>
internal static partial class RoomOrder
{
    public static readonly string[] Rooms =
        ["Settings", "Audio", "Vad", "Features", "Adaptation", "Models", "Inference", "Corpora", "Evaluation", "Augmentation", "Training", "Reports", "Live"];

    /// <summary>Every mention of a room downstream of <paramref name="room"/>; a file outside all rooms may mention none.</summary>
    /// <param name="file">Shown in each finding.</param>
    /// <param name="room">Top folder of the file, or an empty string.</param>
    /// <param name="lines">The file.</param>
    public static IEnumerable<string> Faults(string file, string room, IEnumerable<string> lines)
    {
        int own = Array.IndexOf(Rooms, room);
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                continue;
            foreach (Match mention in RoomMention().Matches(line))
            {
                string other = mention.Groups[1].Value;
                int rank = Array.IndexOf(Rooms, other);
                if (rank < 0)
                    yield return $"{file}:{number}: SpeechEmotion.{other} is no room of the library";
                else if (rank > own)
                    yield return $"{file}:{number}: {(own < 0 ? "the root" : room)} may not use {other}, which is downstream";
            }
        }
    }

    [GeneratedRegex(@"\bSpeechEmotion\.([A-Z]\w*)(?!\w)(?=[.;]|\s*$)")]
    private static partial Regex RoomMention();
}
