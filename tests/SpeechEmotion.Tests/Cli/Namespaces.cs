using System.Diagnostics;

namespace SpeechEmotion.Tests.Cli;

/// <summary>Runs shell scripts in Linux namespaces of their own: a disk or a network that is the test's alone.</summary>
internal static class Namespaces
{
    /// <summary>The command of this program, quoted for a shell.</summary>
    public static string Program => $"dotnet '{Path.Combine(AppContext.BaseDirectory, "SpeechEmotion.Cli.dll")}'";

    /// <summary>Skips the test where namespaces cannot be made.</summary>
    public static void Require(string kinds)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/unshare") || Run(kinds, "true").Code != 0)
            Assert.Ignore($"skipped: unshare {kinds} does not work on this machine");
    }

    /// <summary>
    /// Runs a script with the rights of root inside namespaces, for example of a network (<c>-n</c>) or of mounts (<c>-m</c>).
    /// </summary>
    public static (int Code, string Output, string Errors) Run(string kinds, string script)
    {
        using var process = Process.Start(new ProcessStartInfo("unshare",
            ["-r", kinds, "sh", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
