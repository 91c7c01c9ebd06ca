using SpeechEmotion.Live;
using SpeechEmotion.Streaming;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>State of the live view, updated by events. The session thread writes it, the drawing thread reads it.</summary>
internal sealed class LiveBoard(LiveScreen empty)
{
    private const int MaxCells = 1000;

    private readonly Lock gate = new();
    private readonly List<string?> cells = [];
    private LiveScreen screen = empty;
    private long firstCell;
    private double painted;

    /// <summary>The screen for a given session state.</summary>
    public LiveScreen Snapshot(LiveState state)
    {
        lock (gate)
        {
            Extend(state.Seconds);
            return screen with { State = state, History = [.. cells] };
        }
    }

    /// <summary>Updates the screen from an event.</summary>
    public void Add(StreamEvent found)
    {
        lock (gate)
            switch (found.Type)
            {
                case StreamEventType.Stalled or StreamEventType.Overrun or StreamEventType.SourceLost:
                    screen = screen with { Trouble = found.Message };
                    break;
                case StreamEventType.Resumed:
                    screen = screen with { Trouble = LiveText.Resumed };
                    break;
                case StreamEventType.NoSpeech:
                    screen = screen with { Emotion = null, Probabilities = [], Trouble = null };
                    break;
                case StreamEventType.UtteranceStart:
                    painted = found.Start!.Value;
                    screen = screen with { Trouble = null };
                    break;
                case StreamEventType.Measurement or StreamEventType.UtteranceEnd:
                    Paint(found);
                    screen = screen with
                    {
                        Emotion = found.Emotion,
                        Confidence = found.Confidence!.Value,
                        IsUncertain = found.Uncertain == true,
                        IsDecision = found.Type == StreamEventType.UtteranceEnd,
                        Probabilities = [.. found.Probabilities!.Values],
                        Trouble = null,
                    };
                    break;
            }
    }

    /// <summary>Sets the history cells since the last measurement.</summary>
    private void Paint(StreamEvent found)
    {
        Extend(found.End!.Value);
        for (long cell = Cell(painted); cell <= Cell(found.End.Value - 0.001); cell++)
            if (cell >= firstCell)
                cells[(int)(cell - firstCell)] = found.Emotion;
        painted = found.End.Value;
    }

    private void Extend(double seconds)
    {
        while (firstCell + cells.Count <= Cell(seconds))
            cells.Add(null);
        if (cells.Count <= 2 * MaxCells)
            return;
        cells.RemoveRange(0, MaxCells);
        firstCell += MaxCells;
    }

    private static long Cell(double seconds) => (long)Math.Floor(Math.Max(0, seconds) / LiveScreen.CellSeconds);
}
