using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace SpeechEmotion.Reports;

/// <summary>The common style of the figures: colours, sizes and text outside of the plots.</summary>
internal static class FigureStyle
{
    /// <summary>Colour of text.</summary>
    public static readonly SKColor Ink = new(0x22, 0x22, 0x22);

    /// <summary>Colour of secondary text; contrast 5.7:1 on white.</summary>
    public static readonly SKColor FaintInk = new(0x66, 0x66, 0x66);

    /// <summary>Colour of grid lines and cell borders.</summary>
    public static readonly SKColor Hairline = new(0xE3, 0xE3, 0xE3);

    /// <summary>Size of a figure's title in pixels.</summary>
    public const float TitleSize = 23;

    /// <summary>Size of subtitles, axis titles and legends in pixels.</summary>
    public const float TextSize = 16;

    /// <summary>Size of tick labels in pixels.</summary>
    public const float TickSize = 15;

    /// <summary>Distance of title and subtitle from the left edge of the figure in pixels.</summary>
    public const float Margin = 24;

    /// <summary>An empty plot in font and colours of the figures.</summary>
    public static Plot NewPlot()
    {
        EmbeddedFont.Register();
        Plot plot = new();
        plot.Font.Set(EmbeddedFont.Family);
        plot.FigureBackground.Color = Colors.White;
        plot.DataBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromSKColor(Hairline);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.ForeColor = Color.FromSKColor(Ink);
            axis.Label.FontSize = TextSize;
            axis.Label.Bold = false;
            axis.Label.ForeColor = Color.FromSKColor(Ink);
            axis.MinorTickStyle.Length = 0;
        }
        return plot;
    }

    /// <summary>Draws a plot between two vertical positions of a figure.</summary>
    public static void DrawPlot(SKCanvas canvas, Plot plot, int width, int top, int bottom)
    {
        PixelRect area = new(0, width, bottom, top);
        using SKNoDrawCanvas nowhere = new(width, bottom);
        plot.Render(nowhere, area); // ScottPlot draws its first render twice, which would double every element of an SVG
        canvas.Save();
        canvas.ClipRect(new SKRect(0, top, width, bottom)); // ScottPlot clears the whole clip area
        plot.Render(canvas, area);
        canvas.Restore();
    }

    /// <summary>Draws a line of text; <paramref name="y"/> is its baseline.</summary>
    public static void DrawText(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color, bool bold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = NewFont(size, bold);
        using SKPaint paint = new() { Color = color, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Draws the title of a vertical axis, rotated by 90° counterclockwise and centred at <paramref name="middle"/>.</summary>
    public static void DrawUpwards(SKCanvas canvas, string text, float x, float middle, bool bold)
    {
        canvas.Save();
        canvas.RotateDegrees(-90, x, middle);
        DrawText(canvas, text, x, middle, TextSize, Ink, bold, SKTextAlign.Center);
        canvas.Restore();
    }

    /// <summary>Width of a line of text in pixels.</summary>
    public static float Width(string text, float size, bool bold = false)
    {
        using SKFont font = NewFont(size, bold);
        return font.MeasureText(text);
    }

    /// <summary>The text, shortened with an ellipsis if it is wider than <paramref name="limit"/> pixels.</summary>
    public static string Fit(string text, float size, float limit, bool bold = false)
    {
        if (Width(text, size, bold) <= limit)
            return text;
        int length = text.Length;
        while (length > 1 && Width(text[..length].TrimEnd() + "…", size, bold) > limit)
            length--;
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>Draws title and subtitle of a figure of <paramref name="width"/> pixels.</summary>
    public static void DrawHeading(SKCanvas canvas, string title, string subtitle, float width, float subtitleWidth)
    {
        DrawText(canvas, Fit(title, TitleSize, width - 2 * Margin, bold: true), Margin, 40, TitleSize, Ink, bold: true);
        DrawText(canvas, Fit(subtitle, TextSize, subtitleWidth), Margin, 68, TextSize, FaintInk);
    }

    /// <summary>A share, 0 to 1, in per cent with one decimal; only exactly 0 and 1 become 0 % and 100 %.</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0\u00A0%",
        1 => "100\u00A0%",
        _ => Math.Clamp(100 * share, 0.1, 99.9).ToString("0.0", CultureInfo.InvariantCulture) + "\u00A0%",
    };

    // Without hinting, text has the measured width in an SVG viewer too.
    private static SKFont NewFont(float size, bool bold) => new(EmbeddedFont.Typeface(bold), size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Subpixel = true,
    };
}
