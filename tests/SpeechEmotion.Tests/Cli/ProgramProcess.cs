using System.Diagnostics;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The program as a process of its own, as a user starts it.</summary>
internal static class ProgramProcess
{
    public static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "SpeechEmotion.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Runs it to its end; returns exit code, standard output and standard error.</summary>
    public static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
