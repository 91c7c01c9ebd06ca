using SpeechEmotion.Live;
using SpeechEmotion.Reports;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>
/// Saves a timeline once: at the end of its scope or at the shutdown deadline of the process, whichever comes first.
/// </summary>
internal sealed class TimelineSaver : IDisposable
{
    private readonly Timeline timeline;
    private readonly IReadOnlyList<string> targets;
    private readonly Lock gate = new();
    private bool isSaved;

    /// <param name="timeline">The timeline.</param>
    /// <param name="targets">Files to write.</param>
    public TimelineSaver(Timeline timeline, IReadOnlyList<string> targets)
    {
        (this.timeline, this.targets) = (timeline, targets);
        Deadline.OnDeadline = Save;
    }

    public void Dispose()
    {
        Save();
        Deadline.OnDeadline = null;
    }

    private void Save()
    {
        lock (gate)
        {
            foreach (string target in isSaved ? [] : targets)
                timeline.Save(target);
            isSaved = true;
        }
    }
}
