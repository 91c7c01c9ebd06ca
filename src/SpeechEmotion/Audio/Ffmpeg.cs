namespace SpeechEmotion.Audio;

/// <summary>Decodes formats other than WAVE and AIFF by an ffmpeg process that writes a WAVE stream to a pipe.</summary>
internal static class Ffmpeg
{
    /// <summary>Time without output after which ffmpeg counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts to decode the first audio track of a file at its own sample rate.</summary>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="why">Name of the format, for the message if ffmpeg is missing.</param>
    /// <param name="cancellation">Stops ffmpeg while the stream is read, until the stream gets another token.</param>
    /// <returns>A WAVE stream of 32-bit float samples.</returns>
    /// <exception cref="InvalidDataException">ffmpeg is missing or does not start.</exception>
    public static FfmpegStream Start(FileNotes notes, string why, CancellationToken cancellation = default) =>
        Start(notes, why, Environment.GetEnvironmentVariable("PATH") ?? "", Patience, cancellation);

    /// <summary>As above, with a given search path and patience.</summary>
    internal static FfmpegStream Start(
        FileNotes notes, string why, string searchPath, TimeSpan patience, CancellationToken cancellation = default)
    {
        string program = Find(searchPath)
            ?? throw notes.Fault($"{why} is read through ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}");
        return new FfmpegStream(program, notes, patience) { Cancellation = cancellation };
    }

    /// <summary>Path, size and time of the installed ffmpeg, which identify its version; empty if there is none.</summary>
    internal static string Stamp()
    {
        if (Find(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } program)
            return "";
        FileSystemInfo file = File.ResolveLinkTarget(program, returnFinalTarget: true) ?? new FileInfo(program);
        return FormattableString.Invariant($"{file.FullName} {(file as FileInfo)?.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    /// <summary>
    /// Path of the program in the folders of a search path. The current folder is not searched, because it can contain untrusted files.
    /// </summary>
    internal static string? Find(string searchPath)
    {
        string name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        foreach (string folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string candidate = Path.Combine(folder, name);
            if (Path.IsPathFullyQualified(folder) && File.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
