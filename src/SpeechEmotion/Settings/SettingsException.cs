namespace SpeechEmotion.Settings;

/// <summary>Invalid settings: all faults, one line each, with the JSON path.</summary>
public sealed class SettingsException : FormatException
{
    /// <param name="source">Origin of the settings, with which each line of the message begins: a file, or "checkpoint …".</param>
    /// <param name="faults">One line per fault.</param>
    public SettingsException(string source, IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults.Select(fault => $"{source}: {fault}")))
    {
        Faults = faults;
    }

    /// <summary>One line per fault: <c>Features.HopLength = 0: must be at least 1 sample</c>.</summary>
    public IReadOnlyList<string> Faults { get; }
}
