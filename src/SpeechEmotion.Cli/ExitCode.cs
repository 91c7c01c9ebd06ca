namespace SpeechEmotion.Cli;

/// <summary>Exit codes of the process.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongCommand = 2;
    public const int Interrupted = 130;
}
