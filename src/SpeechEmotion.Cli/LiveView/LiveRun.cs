using SpeechEmotion.Cli.Output;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Runs a session: each event goes to the output and, if there is one, to the timeline.</summary>
internal static class LiveRun
{
    /// <param name="session">The session.</param>
    /// <param name="output">Shows the events.</param>
    /// <param name="timeline">Receives the events; null: no timeline is kept.</param>
    /// <param name="shown">The writer behind the output. Without a timeline the session ends when it has no reader.</param>
    /// <param name="stop">Ends the stream; its summary follows.</param>
    public static async Task ListenAsync(
        LiveSession session, ILiveOutput output, Timeline? timeline, TextWriter shown, CancellationToken stop)
    {
        using CancellationTokenRegistration stopping = stop.Register(session.Stop);
        output.Begin(session);
        try
        {
            await foreach (StreamEvent found in session.ListenAsync(CancellationToken.None))
            {
                timeline?.Add(found);
                output.Write(found);
                if (timeline is null && StandardOutput.IsAbandoned(shown))
                    session.Stop();
            }
        }
        finally
        {
            output.End();
        }
    }
}
