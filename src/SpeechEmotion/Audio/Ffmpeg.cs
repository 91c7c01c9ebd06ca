using System.ComponentModel;
using System.Runtime.ExceptionServices;
using CliWrap;

namespace SpeechEmotion.Audio;

/// <summary>Decodes formats other than WAVE and AIFF by an ffmpeg process that writes a WAVE stream to a pipe.</summary>
internal static class Ffmpeg
{
    /// <summary>Time without output after which ffmpeg counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Decodes the first audio track of a file at its own sample rate.</summary>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="why">Name of the format, for the message if ffmpeg is missing.</param>
    /// <param name="cancellation">Stops ffmpeg.</param>
    /// <exception cref="InvalidDataException">ffmpeg is missing, cannot decode the file, or hangs.</exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    public static Waveform Decode(FileNotes notes, string why, CancellationToken cancellation = default) =>
        Decode(notes, why, Environment.GetEnvironmentVariable("PATH") ?? "", Patience, cancellation);

    /// <summary>As above, with a given search path and patience.</summary>
    internal static Waveform Decode(
        FileNotes notes, string why, string searchPath, TimeSpan patience, CancellationToken cancellation = default)
    {
        string program = Find(searchPath)
            ?? throw notes.Fault($"{why} is read through ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}");
        // On a pool thread, because the caller can have a synchronisation context, in which waiting would deadlock.
        return Task.Run(() => DecodeAsync(notes, program, patience, cancellation)).GetAwaiter().GetResult();
    }

    /// <summary>Path, size and time of the installed ffmpeg, which identify its version; empty if there is none.</summary>
    internal static string Stamp()
    {
        if (Find(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } program)
            return "";
        FileSystemInfo file = File.ResolveLinkTarget(program, returnFinalTarget: true) ?? new FileInfo(program);
        return FormattableString.Invariant($"{file.FullName} {(file as FileInfo)?.Length} {file.LastWriteTimeUtc.Ticks}");
    }

    private static async Task<Waveform> DecodeAsync(FileNotes notes, string program, TimeSpan patience, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(patience);
        Waveform? waveform = null;
        Exception? fault = null;
        string lastError = "";
        Command command = Cli.Wrap(program)
            .WithArguments([
                "-nostdin", "-v", "error",
                // A playlist must not make ffmpeg open URLs.
                "-protocol_whitelist", "file", "-i", "file:" + Path.GetFullPath(notes.Path),
                "-map", "0:a:0", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"])
            .WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => lastError = line.Trim()))
            .WithStandardOutputPipe(PipeTarget.Create((output, _) => Task.Run(() =>
            {
                try
                {
                    waveform = AudioFile.ReadStream(output, notes, () => stop.CancelAfter(patience));
                }
                catch (Exception caught) when (
                    caught is InvalidDataException or IOException or OperationCanceledException or ObjectDisposedException)
                {
                    // The output is no longer read, so ffmpeg would block for ever and must be stopped. If it was stopped as hung, its
                    // output was closed by that, and the reported fault is the hang.
                    if (stop.IsCancellationRequested)
                        return;
                    fault = caught;
                    stop.CancelAfter(TimeSpan.FromSeconds(1));
                }
            }, CancellationToken.None)));
        CommandResult? result = null;
        try
        {
            result = await command.ExecuteAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException) when (fault is null)
        {
            throw notes.Fault($"ffmpeg sent nothing for {patience.TotalSeconds} s and was stopped");
        }
        catch (OperationCanceledException)
        {
        }
        catch (Win32Exception cannotStart)
        {
            throw notes.Fault($"ffmpeg ({program}) does not start: {cannotStart.Message}", cannotStart);
        }

        if (result is { IsSuccess: false })
            throw notes.Fault($"ffmpeg cannot decode it: {(lastError.Length > 0 ? lastError : $"exit code {result.ExitCode}")}");
        if (fault is not null)
            ExceptionDispatchInfo.Throw(fault);
        if (lastError.Length > 0)
            notes.Warn($"ffmpeg: {lastError}");
        return waveform!;
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
