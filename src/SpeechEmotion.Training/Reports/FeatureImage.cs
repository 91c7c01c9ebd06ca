using SkiaSharp;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>A block of features as an image: time to the right, rows upwards, values as colours, with a colour scale beside it.</summary>
internal static class FeatureImage
{
    private const float KeyGap = 16, KeyWidth = 14, SmallTickSize = 12.5f;

    /// <summary>Draws the image, its tick marks and its colour scale.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="area">The panel; its width is the duration of the recording.</param>
    /// <param name="block">The rows to draw.</param>
    /// <param name="clip">The features and their position in the recording.</param>
    /// <param name="settings">How the features were computed.</param>
    public static void Draw(SKCanvas canvas, SKRect area, FeatureBlock block, ExtractedClip clip, FeatureSettings settings)
    {
        FeatureColors colors = FeatureColors.Create(block, clip.Features);
        using (SKBitmap bitmap = Pixels((int)area.Width, block, clip, settings, colors))
        using (SKImage image = SKImage.FromBitmap(bitmap))
            canvas.DrawImage(image, area, new SKSamplingOptions(SKFilterMode.Nearest));

        float rowHeight = area.Height / block.Count, lastLabel = float.PositiveInfinity;
        float size = Math.Clamp(rowHeight, SmallTickSize, FigureStyle.TickSize);
        foreach (RowTick tick in FeatureAxis.CreateTicks(block, settings))
        {
            float y = area.Bottom - ((float)tick.Row + 0.5f) * rowHeight;
            if (lastLabel - y < size) // the labels would overlap
                continue;
            FeaturesPlot.DrawTick(canvas, area, y, tick.Label, size);
            lastLabel = y;
        }
        DrawColorScale(canvas, area, colors);
    }

    // [width, rows]: the mean of the frames under each pixel, or the nearest frame; transparent where there are no features.
    private static SKBitmap Pixels(int width, FeatureBlock block, ExtractedClip clip, FeatureSettings settings, FeatureColors colors)
    {
        SKBitmap bitmap = new(new SKImageInfo(width, block.Count, SKColorType.Rgba8888, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        double framesPerSecond = (double)settings.SampleRate / settings.HopLength;
        for (int x = 0; x < width; x++)
        {
            // A frame covers the time that is nearer to its centre than to that of any other frame.
            double left = (clip.Sound.Seconds * x / width - clip.Start) * framesPerSecond + 0.5;
            double right = (clip.Sound.Seconds * (x + 1) / width - clip.Start) * framesPerSecond + 0.5;
            int from = (int)Math.Floor(left), to = Math.Max(from + 1, (int)Math.Floor(right));
            (from, to) = (Math.Max(0, from), Math.Min(clip.Features.Frames, to));
            if (from >= to)
                continue;
            for (int row = 0; row < block.Count; row++)
            {
                double sum = 0;
                foreach (float value in clip.Features.Row(block.First + row)[from..to])
                    sum += value;
                bitmap.SetPixel(x, block.Count - 1 - row, colors.At(sum / (to - from)));
            }
        }
        return bitmap;
    }

    private static void DrawColorScale(SKCanvas canvas, SKRect area, FeatureColors colors)
    {
        SKRect key = new(area.Right + KeyGap, area.Top, area.Right + KeyGap + KeyWidth, area.Bottom);
        AxisScale scale = colors.Scale;
        using SKPaint paint = new() { IsAntialias = false, StrokeWidth = 1 };
        for (int y = 0; y < (int)key.Height; y++)
        {
            paint.Color = colors.At(scale.High - (y + 0.5) / key.Height * (scale.High - scale.Low));
            canvas.DrawLine(key.Left, key.Top + y + 0.5f, key.Right, key.Top + y + 0.5f, paint);
        }
        foreach (double tick in scale.Ticks)
        {
            float y = key.Bottom - (float)((tick - scale.Low) / (scale.High - scale.Low)) * key.Height;
            FigureStyle.DrawText(
                canvas, FeaturesPlot.Number(tick, scale) + colors.Unit, key.Right + 8, y + 0.36f * FigureStyle.TickSize,
                FigureStyle.TickSize, FigureStyle.Ink);
        }
    }
}
