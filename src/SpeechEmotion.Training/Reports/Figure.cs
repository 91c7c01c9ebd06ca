using System.Text;
using SkiaSharp;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>A drawing that is saved as PNG and as SVG.</summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
/// <param name="draw">Draws on a white canvas of this size; called once per format.</param>
internal sealed class Figure(int width, int height, Action<SKCanvas> draw)
{
    /// <summary>Writes <c>PATH.png</c> and <c>PATH.svg</c>, each whole or not at all.</summary>
    public void Save(string pathWithoutExtension)
    {
        byte[] png = Png();
        AtomicFile.Write(pathWithoutExtension + ".png", stream => stream.Write(png));
        AtomicFile.WriteText(pathWithoutExtension + ".svg", Svg());
    }

    /// <summary>The drawing as a PNG file.</summary>
    public byte[] Png()
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return data.ToArray();
    }

    /// <summary>The drawing as an SVG document, with texts as text elements.</summary>
    public string Svg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(width, height), stream))
        {
            canvas.Clear(SKColors.White);
            draw(canvas);
        }
        // Skia names only the font family in use and writes no view box, without which a web page cannot scale the figure.
        return Encoding.UTF8.GetString(stream.ToArray())
            .Replace($"font-family=\"{EmbeddedFont.Family}\"", $"font-family=\"{EmbeddedFont.FallbackFamilies}\"", StringComparison.Ordinal)
            .Replace("<svg ", $"<svg viewBox=\"0 0 {width} {height}\" ", StringComparison.Ordinal);
    }
}
