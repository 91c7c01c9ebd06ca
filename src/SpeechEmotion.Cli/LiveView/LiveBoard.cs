using SpeechEmotion.Live;

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
    public void Add(LiveEvent liveEvent)
    {
        lock (gate)
            switch (liveEvent.Type)
            {
                case LiveEventType.Stalled or LiveEventType.Overrun or LiveEventType.SourceLost:
                    screen = screen with { Trouble = liveEvent.Message };
                    break;
                case LiveEventType.Resumed:
                    screen = screen with { Trouble = LiveText.Resumed };
                    break;
                case LiveEventType.NoSpeech:
                    screen = screen with { Emotion = null, Probabilities = [], Trouble = null };
                    break;
                case LiveEventType.UtteranceStart:
                    painted = liveEvent.Start!.Value;
                    screen = screen with { Trouble = null };
                    break;
                case LiveEventType.Measurement or LiveEventType.UtteranceEnd:
                    Paint(liveEvent);
                    screen = screen with
                    {
                        Emotion = liveEvent.Emotion,
                        Confidence = liveEvent.Confidence!.Value,
                        IsUncertain = liveEvent.Uncertain == true,
                        IsDecision = liveEvent.Type == LiveEventType.UtteranceEnd,
                        Probabilities = [.. liveEvent.Probabilities!.Values],
                        Trouble = null,
                    };
                    break;
            }
    }

    /// <summary>Sets the history cells since the last measurement.</summary>
    private void Paint(LiveEvent liveEvent)
    {
        Extend(liveEvent.End!.Value);
        for (long cell = Cell(painted); cell <= Cell(liveEvent.End.Value - 0.001); cell++)
            if (cell >= firstCell)
                cells[(int)(cell - firstCell)] = liveEvent.Emotion;
        painted = liveEvent.End.Value;
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
