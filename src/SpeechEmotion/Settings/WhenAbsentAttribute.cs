namespace SpeechEmotion.Settings;

/// <summary>
/// The value of a setting in checkpoints that were written before the setting existed: the one with which the program behaved as it did
/// then. It stays when the default changes.
/// </summary>
/// <param name="value">The value, of the property's type.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WhenAbsentAttribute(object value) : Attribute
{
    /// <summary>The value.</summary>
    public object Value { get; } = value;
}
