using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reports;

/// <summary>
/// The font that is embedded in the library: on a machine without fonts ScottPlot silently draws no text. Liberation Sans has the
/// metrics of Arial, so that an SVG keeps its layout in a viewer that has either of them.
/// </summary>
internal sealed class EmbeddedFont : IFontResolver
{
    /// <summary>Family name in the font file.</summary>
    public const string Family = "Liberation Sans";

    /// <summary>The font families that an SVG names, in order of preference.</summary>
    public const string FallbackFamilies = "Liberation Sans, Arial, Helvetica, sans-serif";

    private static readonly EmbeddedFont Instance = new();
    private static readonly Lock Gate = new();
    private readonly SKTypeface _regular = Load("LiberationSans-Regular.ttf");
    private readonly SKTypeface _bold = Load("LiberationSans-Bold.ttf");

    /// <summary>Registers the font in ScottPlot before those of the system; further calls have no effect.</summary>
    public static void Register()
    {
        lock (Gate)
            if (!Fonts.FontResolvers.Contains(Instance))
                Fonts.FontResolvers.Insert(0, Instance);
    }

    /// <summary>The regular or bold typeface. It is shared and must not be disposed.</summary>
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
