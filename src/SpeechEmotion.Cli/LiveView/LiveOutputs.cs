using SpeechEmotion.Cli.Output;
using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Output for the events of a live session.</summary>
internal interface ILiveOutput
{
    /// <summary>The session is about to begin.</summary>
    void Begin(LiveSession session);

    /// <summary>Writes an event as soon as it occurs.</summary>
    void Write(StreamEvent found);

    /// <summary>The session has ended or failed.</summary>
    void End();
}

/// <summary>One JSON object per line.</summary>
internal sealed class JsonLiveOutput(TextWriter output) : ILiveOutput
{
    public void Begin(LiveSession session)
    {
    }

    public void Write(StreamEvent found)
    {
        output.WriteLine(found.ToJson());
        output.Flush();
    }

    public void End()
    {
    }
}

/// <summary>Plain text lines, for output without a terminal.</summary>
internal sealed class PlainLiveOutput(TextWriter output) : ILiveOutput
{
    public void Begin(LiveSession session)
    {
    }

    public void Write(StreamEvent found)
    {
        foreach (string line in LiveText.Lines(found))
            output.WriteLine(Printable.Line(line));
        output.Flush();
    }

    public void End()
    {
    }
}
