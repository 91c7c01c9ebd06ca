using SpeechEmotion.Training;

namespace SpeechEmotion.Pipeline;

/// <summary>Reports the progress of a stage of known size at once, on the thread that has something to report.</summary>
internal sealed class StageReport : IProgress<int>
{
    private readonly IProgress<RunProgress> progress;
    private readonly string stage;
    private readonly int total;

    private StageReport(IProgress<RunProgress> progress, string stage, int total) =>
        (this.progress, this.stage, this.total) = (progress, stage, total);

    /// <summary>A receiver of the number of units done; null if nobody wants to know.</summary>
    public static StageReport? Create(IProgress<RunProgress>? progress, string stage, int total) =>
        progress is null ? null : new StageReport(progress, stage, total);

    /// <inheritdoc/>
    public void Report(int value) => progress.Report(new StageAdvanced(stage, value, total));
}
