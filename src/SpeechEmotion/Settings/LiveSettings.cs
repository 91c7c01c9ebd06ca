namespace SpeechEmotion.Settings;

/// <summary>How recordings are cut into the windows that the network sees, live or from a file.</summary>
public sealed record LiveSettings
{
    /// <summary>A recording up to this many seconds is one utterance and one window; a longer one is cut.</summary>
    public double UtteranceSeconds { get; init; } = 10;

    /// <summary>Length in seconds of the windows of a longer recording.</summary>
    public double WindowSeconds { get; init; } = 3;

    /// <summary>Distance in seconds between the windows of a longer recording.</summary>
    public double HopSeconds { get; init; } = 1;
}
