namespace SpeechEmotion.Corpora.Naming;

/// <summary>Spellings that corpora use for the canonical labels of <see cref="Emotion"/>.</summary>
internal static class EmotionNames
{
    private static readonly Dictionary<string, string> Canonical = new(StringComparer.OrdinalIgnoreCase)
    {
        ["anger"] = "anger", ["angry"] = "anger", ["ang"] = "anger", ["rage"] = "anger",
        ["boredom"] = "boredom", ["bored"] = "boredom", ["bor"] = "boredom",
        ["calm"] = "calm", ["calmness"] = "calm", ["calmly"] = "calm",
        ["disgust"] = "disgust", ["disgusted"] = "disgust", ["dis"] = "disgust",
        ["fear"] = "fear", ["fearful"] = "fear", ["fea"] = "fear", ["afraid"] = "fear", ["scared"] = "fear", ["anxiety"] = "fear",
        ["happiness"] = "happiness", ["happy"] = "happiness", ["hap"] = "happiness", ["joy"] = "happiness", ["joyful"] = "happiness",
        ["neutral"] = "neutral", ["neu"] = "neutral", ["neutrality"] = "neutral",
        ["sadness"] = "sadness", ["sad"] = "sadness",
        ["surprise"] = "surprise", ["surprised"] = "surprise", ["sur"] = "surprise", ["ps"] = "surprise",
        ["pleasant surprise"] = "surprise", ["pleasant surprised"] = "surprise", ["pleasantly surprised"] = "surprise",
    };

    /// <summary>
    /// The canonical label of a spelling, in any case, with any separators and with or without a leading number (<c>05-Angry</c>); null for
    /// any other name.
    /// </summary>
    public static string? Find(string name)
    {
        string words = string.Join(' ', name.Split([' ', '_', '-', '.'], StringSplitOptions.RemoveEmptyEntries));
        if (Canonical.TryGetValue(words, out string? label))
            return label;
        string unnumbered = words.TrimStart([.. "0123456789 "]);
        return Canonical.GetValueOrDefault(unnumbered);
    }

    /// <summary>The canonical label of a spelling; any other name without surrounding white space.</summary>
    public static string OrAsIs(string name) => Find(name) ?? name.Trim();
}
