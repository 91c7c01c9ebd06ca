using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reports;

/// <summary>
/// The font that travels with the program: on a machine without fonts ScottPlot draws no text and says nothing. Liberation Sans
/// has Arial's metrics, so an SVG keeps its layout in a viewer that has either.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>Family name, as the font file has it.</summary>
    public const string Family = "Liberation Sans";

    /// <summary>What an SVG names instead of the family alone.</summary>
    public const string FallbackFamilies = "Liberation Sans, Arial, Helvetica, sans-serif";

    private static readonly EmbeddedFont Instance = new();
    private static readonly Lock Gate = new();
    private readonly SKTypeface _regular = Load("LiberationSans-Regular.ttf");
    private readonly SKTypeface _bold = Load("LiberationSans-Bold.ttf");

    /// <summary>Puts the font before the system's in ScottPlot's list; more calls change nothing.</summary>
    public static void Register()
    {
        lock (Gate)
            if (!Fonts.FontResolvers.Contains(Instance))
                Fonts.FontResolvers.Insert(0, Instance);
    }

    /// <summary>The regular or bold face. It is shared: not to be disposed.</summary>
    public static SKTypeface Typeface(bool bold = false) => bold ? Instance._bold : Instance._regular;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Family ? Typeface(bold: weight >= FontWeight.SemiBold) : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        fontName == Family ? Typeface(bold) : null;

    private static SKTypeface Load(string name)
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the font {name} is not embedded in the library");
        return SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"the embedded font {name} cannot be read");
    }
}
