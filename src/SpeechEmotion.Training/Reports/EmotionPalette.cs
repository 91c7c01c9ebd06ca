using ScottPlot;

namespace SpeechEmotion.Reports;

/// <summary>
/// One colour, letter and marker per emotion, the same in every figure. The colours are those of Okabe and Ito (2008), which remain
/// distinguishable with colour blindness; letter and marker distinguish the emotions without colour.
/// </summary>
public static class EmotionPalette
{
    /// <summary>Blue of the set: the training part.</summary>
    public const string Blue = "#0072B2";

    /// <summary>Vermilion of the set: the validation part.</summary>
    internal const string Vermilion = "#D55E00";

    private static readonly Dictionary<string, EmotionInk> Canonical = new(StringComparer.Ordinal)
    {
        ["anger"] = new(Vermilion, 'A') { Marker = MarkerShape.FilledTriangleUp },
        ["boredom"] = new("#000000", 'B') { Marker = MarkerShape.OpenSquare },
        ["calm"] = new("#56B4E9", 'C') { Marker = MarkerShape.OpenCircle },
        ["disgust"] = new("#009E73", 'D') { Marker = MarkerShape.FilledDiamond },
        ["fear"] = new("#CC79A7", 'F') { Marker = MarkerShape.FilledTriangleDown },
        ["happiness"] = new("#E69F00", 'H') { Marker = MarkerShape.FilledCircle },
        ["neutral"] = new("#999999", 'N') { Marker = MarkerShape.FilledSquare },
        ["sadness"] = new(Blue, 'S') { Marker = MarkerShape.OpenDiamond },
        ["surprise"] = new("#F0E442", 'U') { Marker = MarkerShape.Asterisk },
    };

    /// <summary>
    /// The ink of each label, in order: that of the emotion, or for another label one of the inks whose emotions are not among the labels.
    /// </summary>
    public static IReadOnlyList<EmotionInk> For(IReadOnlyList<string> labels)
    {
        EmotionInk[] free = [.. Canonical.Where(pair => !labels.Contains(pair.Key)).Select(pair => pair.Value)];
        if (free.Length == 0)
            free = [.. Canonical.Values];
        int next = 0;
        return [.. labels.Select(label => Canonical.TryGetValue(label, out EmotionInk? ink)
            ? ink
            : free[next++ % free.Length] with { Letter = label.Length > 0 ? char.ToUpperInvariant(label[0]) : '?' })];
    }
}

/// <summary>How one emotion is drawn.</summary>
/// <param name="Color">Colour as #RRGGBB.</param>
/// <param name="Letter">Letter that stands for it where there is no room for the name.</param>
public sealed record EmotionInk(string Color, char Letter)
{
    /// <summary>Shape of its marker.</summary>
    internal MarkerShape Marker { get; init; }
}
