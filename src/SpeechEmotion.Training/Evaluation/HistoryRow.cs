namespace SpeechEmotion.Evaluation;

/// <summary>The results of one epoch of training, as in <c>history.csv</c>. Accuracies and recalls are from 0 to 1.</summary>
public sealed record HistoryRow
{
    /// <summary>Number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss over the training part, computed during the epoch while the weights changed.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Accuracy over the training part, computed during the epoch.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Unweighted average recall over the training part, computed during the epoch.</summary>
    public required double TrainUar { get; init; }

    /// <summary>Mean loss over the validation part; null without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Accuracy over the validation part; null without one.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Unweighted average recall over the validation part; null without one.</summary>
    public double? ValidationUar { get; init; }

    /// <summary>Learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Wall time of the epoch in seconds.</summary>
    public required double Seconds { get; init; }
}
