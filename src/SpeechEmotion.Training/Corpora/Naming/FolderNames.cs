namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Corpora with one folder per emotion. The emotion level is the folder level at which most files are in a folder named by an emotion
/// (<see cref="EmotionNames"/>), of equal ones the deepest. If no folder is, it is the first level with a folder that can be a speaker.
/// </summary>
/// <remarks>
/// The label of a file is its folder at the emotion level. If that folder is missing or not named by an emotion, the label is the deepest
/// folder above the file that is, else the folder at the emotion level, whatever its name. The speaker is the nearest folder below the
/// emotion, else the nearest one above it. Folders named by a part (<see cref="PartNames"/>) or a gender (<see cref="GenderNames"/>) are
/// never speakers.
/// </remarks>
internal static class FolderNames
{
    /// <summary>Reads all paths, relative to the corpus folder with forward slashes, in order.</summary>
    public static IEnumerable<NameReading> Read(IReadOnlyList<string> paths)
    {
        int level = EmotionLevel(paths);
        bool hasTest = PartNames.HasTest(paths.SelectMany(Folders));
        return paths.Select(path => Read(path, level, hasTest));
    }

    private static NameReading Read(string path, int level, bool hasTest)
    {
        string[] all = Folders(path);
        Part? part = all.Select(name => PartNames.Find(name, hasTest)).LastOrDefault(each => each is not null);
        int at = level < all.Length && EmotionNames.Find(all[level]) is not null
            ? level
            : Array.FindLastIndex(all, name => EmotionNames.Find(name) is not null);
        if (at < 0 && level < all.Length && IsSpeaker(all[level]))
            at = level;
        if (at < 0)
            return NameReading.Misnamed("stands in no folder of an emotion");

        string speaker = all.Skip(at + 1).FirstOrDefault(IsSpeaker) ?? all.Take(at).LastOrDefault(IsSpeaker) ?? "";
        string? gender = all.Where((_, i) => i != at).FirstOrDefault(GenderNames.Contains);
        string note = gender is null ? "" : $"the folder '{gender}' is a gender, not a speaker";
        if (note.Length > 0 && speaker.Length == 0)
            note += "; the speaker is not known";
        return NameReading.Recognised(path, EmotionNames.OrAsIs(all[at]), speaker, "", part, note);
    }

    private static bool IsSpeaker(string name) => PartNames.Find(name) is null && !GenderNames.Contains(name);

    private static int EmotionLevel(IReadOnlyList<string> paths)
    {
        List<int> emotionCounts = [];
        int first = int.MaxValue;
        foreach (string path in paths)
        {
            string[] all = Folders(path);
            for (int level = 0; level < all.Length; level++)
            {
                if (level == emotionCounts.Count)
                    emotionCounts.Add(0);
                emotionCounts[level] += EmotionNames.Find(all[level]) is null ? 0 : 1;
            }
            int candidate = Array.FindIndex(all, IsSpeaker);
            if (candidate >= 0)
                first = Math.Min(first, candidate);
        }
        int max = emotionCounts.Count == 0 ? 0 : emotionCounts.Max();
        return max > 0 ? emotionCounts.LastIndexOf(max) : first;
    }

    private static string[] Folders(string path) => path.Split('/')[..^1];
}
