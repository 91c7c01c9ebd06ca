using System.Runtime.InteropServices;

namespace SpeechEmotion.Cli.Output;

/// <summary>
/// Detects a standard output without a reader, as behind <c>| head -1</c>. The runtime drops such output without an error,
/// so work whose only result is standard output would continue unread.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    // POLLERR and POLLHUP are always reported and have these values on every platform with poll.
    private const short NoReader = 0x8 | 0x10;

    /// <param name="output">The writer; only standard output can be abandoned.</param>
    public static bool IsAbandoned(TextWriter output)
    {
        if (OperatingSystem.IsWindows() || output != Console.Out || !Console.IsOutputRedirected)
            return false;
        var asked = new Asked { Descriptor = Descriptor };
        return Poll(ref asked, 1, 0) > 0 && (asked.Seen & NoReader) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Asked asked, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }
}
