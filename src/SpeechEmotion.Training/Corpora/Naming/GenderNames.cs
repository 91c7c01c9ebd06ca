namespace SpeechEmotion.Corpora.Naming;

/// <summary>Names of folders that group speakers by gender. They are no speakers: a split by them would test on known speakers.</summary>
internal static class GenderNames
{
    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        "m", "f", "male", "female", "males", "females", "man", "woman", "men", "women", "boy", "girl", "boys", "girls", "masc", "fem",
        "masculine", "feminine",
    };

    /// <summary>Whether a folder is named by a gender, in any case.</summary>
    public static bool Contains(string folder) => All.Contains(folder.Trim());
}
