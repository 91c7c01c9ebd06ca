using System.ComponentModel;
using CliWrap;

namespace SpeechEmotion.Audio;

/// <summary>
/// The output of an ffmpeg process that decodes a file to a WAVE stream. ffmpeg waits while nothing is read. The end of its output is
/// the end of the stream only if ffmpeg succeeded. Disposal ends the process.
/// </summary>
internal sealed class FfmpegStream : ForwardStream
{
    private readonly string program;
    private readonly FileNotes notes;
    private readonly TimeSpan patience;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource<Stream> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<CommandResult> process;
    private string lastError = "";
    private bool isOver;
    private bool isDisposed;

    /// <param name="program">Path of ffmpeg.</param>
    /// <param name="notes">Names the file in errors and warnings.</param>
    /// <param name="patience">Time without output, while some is waited for, after which ffmpeg counts as hung.</param>
    public FfmpegStream(string program, FileNotes notes, TimeSpan patience)
    {
        (this.program, this.notes, this.patience) = (program, notes, patience);
        Command command = Cli.Wrap(program)
            .WithArguments([
                "-nostdin", "-v", "error",
                // A playlist must not make ffmpeg open URLs.
                "-protocol_whitelist", "file", "-i", "file:" + Path.GetFullPath(notes.Path),
                "-map", "0:a:0", "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"])
            .WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line => lastError = line.Trim()))
            // The output stays open while this stream is read.
            .WithStandardOutputPipe(PipeTarget.Create((output, _) =>
            {
                opened.SetResult(output);
                return read.Task;
            }));
        // On a pool thread, because the caller can have a synchronisation context, in which waiting would deadlock.
        process = Task.Run(() => command.ExecuteAsync(stop.Token).Task);
    }

    /// <summary>Ends a wait for output, and the process with it.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Waits for output.</summary>
    /// <returns>Number of bytes; 0 after ffmpeg has ended successfully.</returns>
    /// <exception cref="InvalidDataException">ffmpeg cannot decode the file, does not start, or hangs.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isOver)
            return 0;
        using CancellationTokenRegistration cancelling =
            Cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stop);
        stop.CancelAfter(patience);
        int count = ReadOutput(buffer);
        if (count == 0)
        {
            isOver = true;
            End();
        }
        stop.CancelAfter(Timeout.InfiniteTimeSpan);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    protected override void Dispose(bool disposing)
    {
        if (disposing && !isDisposed)
        {
            isDisposed = true;
            stop.Cancel();
            read.TrySetResult();
            ((IAsyncResult)process).AsyncWaitHandle.WaitOne();
            _ = process.Exception; // observed: whoever disposes no longer asks for the result
            stop.Dispose();
        }
        base.Dispose(disposing);
    }

    private int ReadOutput(Span<byte> buffer)
    {
        if (!opened.Task.IsCompleted && Task.WaitAny(opened.Task, process) == 1)
            return 0; // it did not start
        try
        {
            return opened.Task.Result.Read(buffer);
        }
        catch (Exception fault) when (
            stop.IsCancellationRequested && fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return 0; // the process was stopped and its output closed by that
        }
    }

    /// <summary>Waits for the end of the process and reports how it ended.</summary>
    private void End()
    {
        read.TrySetResult();
        CommandResult result;
        try
        {
            result = process.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            Cancellation.ThrowIfCancellationRequested();
            throw notes.Fault($"ffmpeg sent nothing for {patience.TotalSeconds} s and was stopped");
        }
        catch (Win32Exception cannotStart)
        {
            throw notes.Fault($"ffmpeg ({program}) does not start: {cannotStart.Message}", cannotStart);
        }
        if (!result.IsSuccess)
            throw notes.Fault($"ffmpeg cannot decode it: {(lastError.Length > 0 ? lastError : $"exit code {result.ExitCode}")}");
        if (lastError.Length > 0)
            notes.Warn($"ffmpeg: {lastError}");
    }
}
