using System.Runtime.InteropServices;
using SpeechEmotion.Cli.Output;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Cli;

/// <summary>
/// Ends a process that was told to stop and is still there after <see cref="Grace"/>: inside one long native call, or waiting for a
/// file that does not come. Work that stops by itself is faster and says what was kept.
/// </summary>
internal static class Deadline
{
    /// <summary>Two seconds after Ctrl-C the prompt must be back.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <summary>For a process that another one waits for, which has to end before it.</summary>
    public static readonly TimeSpan WorkerGrace = TimeSpan.FromSeconds(0.7);

    /// <summary>How long <see cref="OnDeadline"/> may take.</summary>
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(0.3);

    /// <summary>What is still done at the deadline, beside the work that hangs: keep what it has found so far.</summary>
    public static Action? OnDeadline { get; set; }

    /// <summary>Starts to wait, beside what goes on.</summary>
    public static void Start(int code, TimeSpan grace) => new Thread(() =>
    {
        Thread.Sleep(grace);
        RunOnDeadline();
        AtomicFile.DeleteUnfinished();
        if (code == ExitCode.Interrupted)
            Console.Error.WriteLine("interrupted in the middle of a step; what was written before is kept (a run goes on from it with train or crossval --resume)");
        // Environment.Exit would wait for, or crash on, the threads of native libraries that are still at work.
        if (OperatingSystem.IsWindows())
            Environment.Exit(code);
        End(code);
    })
    { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();

    private static void RunOnDeadline()
    {
        if (OnDeadline is not { } last)
            return;
        var speaker = new Thread(() =>
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
        speaker.Start();
        speaker.Join(LastGrace);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void End(int code);
}
