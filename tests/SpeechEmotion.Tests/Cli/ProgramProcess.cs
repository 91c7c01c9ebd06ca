using System.Diagnostics;

namespace SpeechEmotion.Tests.Cli;

/// <summary>The program as a process of its own, as a user starts it.</summary>
internal static class ProgramProcess
{
    public static Process Start(params string[] arguments) => StartIn([], arguments);

    /// <summary>Runs it to its end; returns exit code, standard output and standard error.</summary>
    public static (int Code, string Output, string Errors) Run(params string[] arguments) => RunIn([], arguments);

    /// <summary>Runs it to its end with some environment variables of its own.</summary>
    public static (int Code, string Output, string Errors) RunIn(Dictionary<string, string> variables, params string[] arguments)
    {
        using Process process = StartIn(variables, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static Process StartIn(Dictionary<string, string> variables, string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "SpeechEmotion.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
