using SpeechEmotion.Live;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>Content of the live view at one moment.</summary>
internal sealed record LiveScreen
{
    /// <summary>Duration of one history cell in seconds.</summary>
    public const double CellSeconds = 0.5;

    /// <summary>Name of the audio source.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The model's labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Level, time and latency.</summary>
    public required LiveState State { get; init; }

    /// <summary>The emotion shown large; null: no speech.</summary>
    public string? Emotion { get; init; }

    /// <summary>Its probability.</summary>
    public double Confidence { get; init; }

    /// <summary>Whether the confidence is too low to rely on.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Whether the emotion is the prediction for a whole utterance rather than a measurement within it.</summary>
    public bool IsDecision { get; init; }

    /// <summary>Probability of each label; empty: none yet.</summary>
    public IReadOnlyList<float> Probabilities { get; init; } = [];

    /// <summary>One emotion or none for each <see cref="CellSeconds"/>, up to now.</summary>
    public IReadOnlyList<string?> History { get; init; } = [];

    /// <summary>Last fault of the source, until the next audio event; null: none.</summary>
    public string? Trouble { get; init; }

    /// <summary>Hint on how to quit.</summary>
    public string Keys { get; init; } = "q quits";
}
