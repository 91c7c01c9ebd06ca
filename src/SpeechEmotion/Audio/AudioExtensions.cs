namespace SpeechEmotion.Audio;

/// <summary>File name extensions of audio, and of video whose audio is read, for every search in folders.</summary>
public static class AudioExtensions
{
    private static readonly HashSet<string> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".wave", ".w64", ".aif", ".aiff", ".aifc", ".au", ".caf", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".m4a", ".aac", ".wma",
        ".webm", ".mp4", ".mkv",
    };

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { ".wav", ".wave", ".aif", ".aiff", ".aifc" };

    /// <summary>Whether a file with this ending is usually decoded by ffmpeg. Its first bytes decide, not its ending.</summary>
    internal static bool NeedsFfmpeg(string path) => !Own.Contains(Path.GetExtension(path));

    /// <summary>Whether a file is searched for by its ending.</summary>
    public static bool Contains(string path) => All.Contains(Path.GetExtension(path));
}
