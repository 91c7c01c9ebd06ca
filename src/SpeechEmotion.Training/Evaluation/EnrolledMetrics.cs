namespace SpeechEmotion.Evaluation;

/// <summary>The metrics with enrolled test speakers, reported beside those without enrolment.</summary>
/// <param name="Seconds">
/// Seconds of enrolment speech of each test speaker, without labels, in other utterances drawn at random; less where the corpus has less.
/// </param>
/// <param name="Accuracy">Share of utterances that were recognised.</param>
/// <param name="Uar">Unweighted average recall.</param>
/// <param name="Calibration">Calibration of the confidences, with the temperature of the model, which is fitted without enrolment.</param>
/// <param name="Confusion">Counts [labels, labels], rows = true labels.</param>
public sealed record EnrolledMetrics(
    int Seconds, Estimate Accuracy, Estimate Uar, Calibration Calibration, IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>The metrics of predictions; see <see cref="Metrics.Compute"/>.</summary>
    internal static EnrolledMetrics Compute(
        int seconds, IReadOnlyList<string> labels, IReadOnlyList<ScoredUtterance> scoredUtterances, int seed, bool repeated = false)
    {
        Metrics metrics = Metrics.Compute(labels, scoredUtterances, seed, repeated);
        return new EnrolledMetrics(
            seconds, metrics.Accuracy, metrics.Uar, metrics.Calibration,
            [.. Enumerable.Range(0, labels.Count).Select(metrics.Confusion.Row)]);
    }
}
