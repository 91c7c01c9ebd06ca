using SpeechEmotion.Live;

namespace SpeechEmotion.Cli.LiveView;

/// <summary>All that the live view shows at one moment.</summary>
internal sealed record LiveScreen
{
    /// <summary>Width in columns of a stretch of history, in seconds.</summary>
    public const double CellSeconds = 0.5;

    /// <summary>What is listened to.</summary>
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

    /// <summary>Whether that is too little to rely on.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>Whether the emotion is an utterance's decision, no longer a measurement in it.</summary>
    public bool IsDecision { get; init; }

    /// <summary>Probability of each label; empty: none yet.</summary>
    public IReadOnlyList<float> Probabilities { get; init; } = [];

    /// <summary>One emotion or none for each <see cref="CellSeconds"/>, up to now.</summary>
    public IReadOnlyList<string?> History { get; init; } = [];

    /// <summary>What last happened to the source, until something is heard again; null: nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>How to leave.</summary>
    public string Keys { get; init; } = "q quits";
}
