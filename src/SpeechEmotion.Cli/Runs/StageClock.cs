using System.Diagnostics;

namespace SpeechEmotion.Cli.Runs;

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

    /// <summary><c>features 8.1 s, training 20.3 s, total 30.2 s</c>.</summary>
    public override string ToString() => string.Join(", ", Seconds.Select(stage => $"{stage.Key} {stage.Value:0.0} s"));
}
