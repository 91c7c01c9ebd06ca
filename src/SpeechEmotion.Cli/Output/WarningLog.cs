using Microsoft.Extensions.Logging;

namespace SpeechEmotion.Cli.Output;

/// <summary>A logger that passes each warning of the libraries on as one line.</summary>
/// <param name="write">Receives the lines.</param>
internal sealed class WarningLog(Action<string> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            write(formatter(state, exception));
    }
}
