namespace SpeechEmotion.Corpora.Naming;

/// <summary>
/// Names of the Toronto emotional speech set: <c>OAF_back_angry.wav</c> is speaker, word, emotion. The folders, which are spelt
/// inconsistently, contain no further information. <c>ps</c> is pleasant surprise; <c>OA</c>, which occurs once in the published set, is
/// OAF.
/// </summary>
internal static class TessNames
{
    private static readonly HashSet<string> Labels = new(StringComparer.OrdinalIgnoreCase)
    {
        "angry", "disgust", "fear", "happy", "neutral", "ps", "sad",
    };

    /// <summary>Reads the name of a path.</summary>
    public static NameReading Read(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        int first = name.IndexOf('_', StringComparison.Ordinal), last = name.LastIndexOf('_');
        if (last - first < 2)
            return NameReading.Misnamed("not named SPEAKER_WORD_EMOTION");

        string? speaker = name[..first].ToUpperInvariant() switch
        {
            "OAF" or "OA" => "OAF",
            "YAF" or "YA" => "YAF",
            _ => null,
        };
        string label = name[(last + 1)..];
        if (speaker is null)
            return NameReading.Misnamed("the speaker (before the first underscore) is neither OAF nor YAF");
        if (!Labels.Contains(label))
            return NameReading.Misnamed($"the emotion (after the last underscore) is none of {string.Join(", ", Labels)}");
        return NameReading.Recognised(path, EmotionNames.OrAsIs(label), speaker, name[(first + 1)..last].ToLowerInvariant());
    }
}
