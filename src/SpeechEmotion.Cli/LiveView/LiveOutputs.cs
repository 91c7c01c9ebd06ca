using SpeechEmotion.Cli.Output;
using SpeechEmotion.Live;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Where the events of a live session go.</summary>
internal interface ILiveOutput
{
    /// <summary>The session is about to begin.</summary>
    void Begin(LiveSession session);

    /// <summary>An event, as soon as it is known.</summary>
    void Write(LiveEvent liveEvent);

    /// <summary>The session is over, or has failed.</summary>
    void End();
}

/// <summary>One JSON object a line.</summary>
internal sealed class JsonLiveOutput(TextWriter output) : ILiveOutput
{
    public void Begin(LiveSession session)
    {
    }

    public void Write(LiveEvent liveEvent)
    {
        output.WriteLine(liveEvent.ToJson());
        output.Flush();
    }

    public void End()
    {
    }
}

/// <summary>Lines for people, where there is no terminal to draw on.</summary>
internal sealed class PlainLiveOutput(TextWriter output) : ILiveOutput
{
    public void Begin(LiveSession session)
    {
    }

    public void Write(LiveEvent liveEvent)
    {
        foreach (string line in LiveText.Lines(liveEvent))
            output.WriteLine(Printable.Line(line));
        output.Flush();
    }

    public void End()
    {
    }
}
