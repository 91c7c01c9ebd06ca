using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Corpora;

/// <summary>
/// Utterances that a public corpus ships in several formats side by side, such as CREMA-D as WAV, MP3 and video: each is used once.
/// </summary>
internal static class OtherFormats
{
    /// <summary>
    /// Leaves out all but one of the files with the same name before the extension, the same label, speaker and part, and different
    /// extensions. The first of WAVE, AIFF, FLAC and the others is used.
    /// </summary>
    public static IReadOnlyList<NameReading> LeaveOut(IReadOnlyList<NameReading> readings)
    {
        Dictionary<(string, string, string, Part?), string> best = [];
        foreach (NameReading reading in readings)
        {
            if (reading.Utterance is not { } utterance)
                continue;
            string extension = Extension(utterance);
            if (!best.TryAdd(Key(utterance), extension) && Rank(extension).CompareTo(Rank(best[Key(utterance)])) < 0)
                best[Key(utterance)] = extension;
        }
        return [.. readings.Select(reading =>
            reading.Utterance is { } utterance && best[Key(utterance)] is string used && used != Extension(utterance)
                ? NameReading.LeftOut($"another format of an utterance that is used as {used}")
                : reading)];
    }

    private static (string, string, string, Part?) Key(Utterance utterance) => (
        Path.GetFileNameWithoutExtension(utterance.Path).ToLowerInvariant(), utterance.Emotion, utterance.Speaker, utterance.Part);

    private static string Extension(Utterance utterance) => Path.GetExtension(utterance.Path).ToLowerInvariant();

    private static (int, string) Rank(string extension) => extension switch
    {
        ".wav" or ".wave" => (0, extension),
        ".aif" or ".aiff" or ".aifc" => (1, extension),
        ".flac" => (2, extension),
        ".mp4" or ".flv" or ".avi" or ".mov" or ".mkv" or ".webm" => (4, extension),
        _ => (3, extension),
    };
}
