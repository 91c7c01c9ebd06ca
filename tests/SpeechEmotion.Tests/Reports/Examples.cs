using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Reports;

/// <summary>Histories and matrices of made-up runs.</summary>
internal static class Examples
{
    public static readonly string[] TessLabels = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];

    /// <summary>Curves that rise and settle.</summary>
    public static HistoryRow[] History(int epochs, bool validation = true) => [.. Enumerable.Range(1, epochs).Select(epoch =>
    {
        double left = Math.Exp(-5.0 * epoch / epochs);
        return new HistoryRow
        {
            Epoch = epoch,
            TrainLoss = 0.5 + left,
            TrainAccuracy = 1 - left,
            TrainUar = 1 - left,
            ValidationLoss = validation ? 0.6 + left : null,
            ValidationAccuracy = validation ? 0.99 - left : null,
            ValidationUar = validation ? 0.98 - left : null,
            LearningRate = 1e-3,
            Seconds = 1,
        };
    })];

    /// <summary>A matrix whose cells all hold different counts, for labels of which the last may not occur.</summary>
    public static ConfusionMatrix Matrix(IReadOnlyList<string> labels, bool lastIsEmpty = false) => ConfusionMatrix.From(labels,
        [.. Enumerable.Range(0, labels.Count).Select(truth => Enumerable.Range(0, labels.Count)
            .Select(predicted => lastIsEmpty && truth == labels.Count - 1 ? 0
                : 1000 * Convert.ToInt32(truth == predicted) + 10 * truth + predicted + 101).ToArray())]);
}
