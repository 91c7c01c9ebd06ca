namespace SpeechEmotion;

/// <summary>The canonical emotion labels. A model's own labels and their order stand in its checkpoint.</summary>
public static class Emotion
{
    /// <summary>Every canonical label, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["anger", "boredom", "calm", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];
}
