namespace SpeechEmotion.Pipeline;

/// <summary>A run was cancelled. The message says what is kept and how the run can be resumed.</summary>
public sealed class RunInterruptedException : OperationCanceledException
{
    /// <param name="message">What is kept.</param>
    /// <param name="inner">The cancellation.</param>
    public RunInterruptedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
