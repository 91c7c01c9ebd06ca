namespace SpeechEmotion.Cli.Commands;

/// <summary>A run was stopped by Ctrl-C or a signal; the message says what was kept and how to go on.</summary>
internal sealed class InterruptedRunException(string message, Exception inner) : OperationCanceledException(message, inner);
