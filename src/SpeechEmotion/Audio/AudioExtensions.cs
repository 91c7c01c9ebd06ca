namespace SpeechEmotion.Audio;

/// <summary>
/// File name extensions of audio, and of video whose audio is read, for every search in folders. A file that is named itself is read
/// whatever its name. WAVE and AIFF are decoded by the program, all other formats by ffmpeg.
/// </summary>
public static class AudioExtensions
{
    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        // audio
        ".wav", ".wave", ".w64", ".rf64", ".bwf", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf", ".flac", ".mp3", ".mp2", ".mpga", ".ogg",
        ".oga", ".opus", ".spx", ".m4a", ".m4b", ".aac", ".ac3", ".eac3", ".dts", ".wma", ".amr", ".awb", ".gsm", ".ape", ".wv", ".tta",
        ".mka", ".weba", ".voc", ".sph", ".ra",
        // video
        ".webm", ".mp4", ".m4v", ".mkv", ".mov", ".avi", ".mpg", ".mpeg", ".3gp", ".3g2", ".ogv", ".wmv", ".asf", ".flv", ".vob", ".mts",
        ".m2ts", ".rm",
    };

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { ".wav", ".wave", ".aif", ".aiff", ".aifc" };

    /// <summary>Whether a file with this ending is usually decoded by ffmpeg. Its first bytes decide, not its ending.</summary>
    internal static bool NeedsFfmpeg(string path) => !Own.Contains(Path.GetExtension(path));

    /// <summary>Whether a file is searched for by its ending.</summary>
    public static bool Contains(string path) => All.Contains(Path.GetExtension(path));
}
