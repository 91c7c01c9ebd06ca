using System.ComponentModel;
using System.Runtime.ExceptionServices;
using CliWrap;

namespace SpeechEmotion.Audio;

/// <summary>Every format that this program does not decode itself, through ffmpeg as a process that sends a WAVE stream.</summary>
internal static class Ffmpeg
{
    /// <summary>How long ffmpeg may send nothing before it counts as hung.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Decodes the first audio track of a file, at its own rate.</summary>
    /// <param name="notes">Names the file.</param>
    /// <param name="why">What the file holds, for the message when there is no ffmpeg.</param>
    /// <param name="cancellation">Ends ffmpeg.</param>
    /// <exception cref="InvalidDataException">ffmpeg is missing, cannot decode the file, or hangs.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Waveform Decode(FileNotes notes, string why, CancellationToken cancellation = default) =>
        Decode(notes, why, Environment.GetEnvironmentVariable("PATH") ?? "", Patience, cancellation);

    /// <summary>The same with a given search path and patience.</summary>
    internal static Waveform Decode(FileNotes notes, string why, string searchPath, TimeSpan patience, CancellationToken cancellation = default)
    {
        string program = Find(searchPath)
            ?? throw notes.Fault($"{why} is read through ffmpeg, which is not on the PATH: {FfmpegInstall.Hint()}");
        // A thread of its own: the caller may be inside a synchronisation context or a saturated pool loop.
        return Task.Run(() => DecodeAsync(notes, program, patience, cancellation)).GetAwaiter().GetResult();
    }

    /// <summary>What tells one installed ffmpeg from another; empty without one.</summary>
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
                // A playlist must not make ffmpeg open anything but files.
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
                catch (Exception caught) when (caught is InvalidDataException or IOException or OperationCanceledException or ObjectDisposedException)
                {
                    // Nobody reads on, so ffmpeg would wait for ever; an ffmpeg that fails has closed its output already.
                    // One that was stopped as hung has closed it too: then the silence is the fault, not what was read.
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

    /// <summary>The program in the folders of a search path alone: the current folder, where recordings lie, is not searched.</summary>
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
