namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Corpora whose folders are emotions. The level of the emotions is the one at which most files stand in a folder of a
/// known emotion (<see cref="EmotionNames"/>), the deeper of equals; the first level where no emotion is known.
/// </summary>
/// <remarks>
/// A file's emotion is its folder at that level; when that folder is missing or no known emotion, the deepest known one
/// above the file, else the folder at that level whatever it is called. The speaker is the folder directly below the
/// emotion, else the one directly above it. Folders called train, validation, dev, test and the like are parts, never speakers.
/// </remarks>
internal static class FolderNames
{
    /// <summary>Reads every path, relative to the corpus folder with forward slashes, in order.</summary>
    public static IEnumerable<NameReading> Read(IReadOnlyList<string> paths)
    {
        int level = EmotionLevel(paths);
        return paths.Select(path => Read(path, level));
    }

    /// <summary>The part that a folder or cell names, or null.</summary>
    public static Part? PartOf(string name) => name.Trim().ToLowerInvariant() switch
    {
        "train" or "training" => Part.Train,
        "validation" or "valid" or "val" or "dev" or "development" => Part.Validation,
        "test" or "testing" => Part.Test,
        _ => null,
    };

    private static NameReading Read(string path, int level)
    {
        string[] all = Folders(path);
        Part? part = all.Select(PartOf).LastOrDefault(each => each is not null);
        int at = level < all.Length && EmotionNames.Find(all[level]) is not null
            ? level
            : Array.FindLastIndex(all, name => EmotionNames.Find(name) is not null);
        if (at < 0 && level < all.Length && PartOf(all[level]) is null)
            at = level;
        if (at < 0)
            return NameReading.Misnamed("stands in no folder of an emotion");

        string speaker = all.Skip(at + 1).FirstOrDefault(IsSpeaker) ?? all.Take(at).LastOrDefault(IsSpeaker) ?? "";
        return NameReading.Recognised(path, EmotionNames.OrAsIs(all[at]), speaker, "", part);
    }

    private static bool IsSpeaker(string name) => PartOf(name) is null;

    private static int EmotionLevel(IReadOnlyList<string> paths)
    {
        List<int> known = [];
        int first = int.MaxValue;
        foreach (string path in paths)
        {
            string[] all = Folders(path);
            for (int level = 0; level < all.Length; level++)
            {
                if (level == known.Count)
                    known.Add(0);
                known[level] += EmotionNames.Find(all[level]) is null ? 0 : 1;
            }
            int unparted = Array.FindIndex(all, IsSpeaker);
            if (unparted >= 0)
                first = Math.Min(first, unparted);
        }
        int max = known.Count == 0 ? 0 : known.Max();
        return max > 0 ? known.LastIndexOf(max) : first;
    }

    private static string[] Folders(string path) => path.Split('/')[..^1];
}
