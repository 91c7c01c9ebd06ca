using SpeechEmotion.Live;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Keeps what the view shows, event by event. Written by the thread that listens, read by the one that draws.</summary>
internal sealed class LiveBoard(LiveScreen empty)
{
    private const int MaxCells = 1000;

    private readonly Lock gate = new();
    private readonly List<string?> cells = [];
    private LiveScreen screen = empty;
    private long firstCell;
    private double painted;

    /// <summary>The moment with a given state of the session.</summary>
    public LiveScreen Snapshot(LiveState state)
    {
        lock (gate)
        {
            Extend(state.Seconds);
            return screen with { State = state, History = [.. cells] };
        }
    }

    /// <summary>Takes an event in.</summary>
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

    /// <summary>Colours the stretch since the last measurement.</summary>
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
