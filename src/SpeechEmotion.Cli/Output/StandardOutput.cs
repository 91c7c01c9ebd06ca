using System.Runtime.InteropServices;

namespace SpeechEmotion.Cli.Output;

/// <summary>
/// Whether anybody still reads what is written. The runtime drops what goes into a pipe without a reader, as behind <c>| head -1</c>,
/// and says nothing: work whose only result are lines on standard output would go on to its end for nobody.
/// </summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    // POLLERR and POLLHUP, which need not be asked for, have these values wherever poll is.
    private const short NoReader = 0x8 | 0x10;

    /// <param name="output">Where the lines go; what is not standard output is never abandoned.</param>
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
