using System.Runtime.InteropServices;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli;

/// <summary>
/// Ends a process that still runs <see cref="Grace"/> after a stop request: inside a long native call, or blocked on a pipe.
/// Work that observes its cancellation token ends earlier and reports what was kept.
/// </summary>
internal static class Deadline
{
    /// <summary>1.5 s: the prompt must return within 2 s of Ctrl-C.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>0.7 s for a worker process, which must end before the process that waits for it.</summary>
    public static readonly TimeSpan WorkerGrace = TimeSpan.FromSeconds(0.7);

    /// <summary>Time limit of <see cref="OnDeadline"/>.</summary>
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(0.3);

    /// <summary>Runs at the deadline, on a thread of its own: saves the results so far.</summary>
    public static Action? OnDeadline { get; set; }

    /// <summary>Starts the timer on a background thread; the process ends with the exit code <paramref name="code"/>.</summary>
    public static void Start(int code, TimeSpan grace) => new Thread(() =>
    {
        Thread.Sleep(grace);
        RunOnDeadline();
        AtomicFile.DeleteUnfinished();
        if (code == ExitCode.Interrupted)
            Console.Error.WriteLine(
                "interrupted within a step; files written before it are kept (train or crossval --resume continues the run)");
        // Environment.Exit would wait for, or crash on, running threads of native libraries.
        if (OperatingSystem.IsWindows())
            Environment.Exit(code);
        End(code);
    })
    { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();

    private static void RunOnDeadline()
    {
        if (OnDeadline is not { } last)
            return;
        var thread = new Thread(() =>
        {
            try
            {
                last();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(Printable.Line(fault.Message));
            }
        })
        { IsBackground = true };
        thread.Start();
        thread.Join(LastGrace);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void End(int code);
}
