namespace SpeechEmotion.Inference;

/// <summary>Names of the files in a run folder.</summary>
internal static class RunFiles
{
    /// <summary>The settings of the run.</summary>
    public const string Config = "config.json";

    /// <summary>The part of each utterance.</summary>
    public const string Split = "split.csv";

    /// <summary>The checkpoint of the best epoch.</summary>
    public const string Best = "best.safetensors";

    /// <summary>The state after the last finished epoch, from which a run resumes.</summary>
    public const string Last = "last.safetensors";

    /// <summary>The results of each epoch.</summary>
    public const string History = "history.csv";

    /// <summary>The predictions on the test part without enrolment.</summary>
    public const string Predictions = "predictions.csv";

    /// <summary>The metrics on the test part; written last, so that its presence marks a finished run.</summary>
    public const string Report = "report.json";

    /// <summary>The model card.</summary>
    public const string ModelCard = "model-card.md";

    /// <summary>The learning curves, without extension: .png and .svg.</summary>
    public const string Curves = "curves";

    /// <summary>The confusion matrix, without extension: .png and .svg.</summary>
    public const string Confusion = "confusion";

    /// <summary>The lock of a process that writes into the folder.</summary>
    public const string Lock = ".lock";

    /// <summary>The predictions after <paramref name="seconds"/> of enrolment.</summary>
    public static string EnrolledPredictions(int seconds) => $"predictions-enrolled-{seconds}s.csv";
}
