using System.Diagnostics;

namespace SpeechEmotion.Pipeline;

/// <summary>Wall seconds of each stage of a command, in order.</summary>
internal sealed class StageClock
{
    private readonly OrderedDictionary<string, double> seconds = [];
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Seconds of the stages so far, and their total since the clock was made.</summary>
    public IReadOnlyDictionary<string, double> Seconds =>
        new OrderedDictionary<string, double>(seconds) { ["total"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3) };

    public T Time<T>(string stage, Func<T> work)
    {
        long from = Stopwatch.GetTimestamp();
        T result = work();
        seconds[stage] = Math.Round(Stopwatch.GetElapsedTime(from).TotalSeconds, 3);
        return result;
    }

    public void Time(string stage, Action work) => Time(stage, () =>
    {
        work();
        return true;
    });
}
