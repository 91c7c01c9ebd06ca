namespace SpeechEmotion.Evaluation;

/// <summary>One epoch of training as <c>history.csv</c> and the curves show it. Accuracies and recalls are shares, 0 to 1.</summary>
public sealed record HistoryRow
{
    /// <summary>Number of the epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean loss over the training part, as it was while the weights changed.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of training utterances that were recognised while the weights changed.</summary>
    public required double TrainAccuracy { get; init; }

    /// <summary>Unweighted average recall over the training part.</summary>
    public required double TrainUar { get; init; }

    /// <summary>Mean loss over the validation part; null without one.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Share of validation utterances that were recognised; null without a validation part.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Unweighted average recall over the validation part; null without one.</summary>
    public double? ValidationUar { get; init; }

    /// <summary>Learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Wall time of the epoch in seconds.</summary>
    public required double Seconds { get; init; }
}
