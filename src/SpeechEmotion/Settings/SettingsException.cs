namespace SpeechEmotion.Settings;

/// <summary>Settings that cannot be run: every fault found, one line each, with its JSON path.</summary>
public sealed class SettingsException : FormatException
{
    /// <summary>Names the source (a file, or "checkpoint …") and what is wrong in it.</summary>
    public SettingsException(string source, IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults.Select(fault => $"{source}: {fault}")))
    {
        Faults = faults;
    }

    /// <summary>One line a fault: <c>Features.HopLength = 0: must be at least 1</c>.</summary>
    public IReadOnlyList<string> Faults { get; }
}
