using System.Globalization;
using SkiaSharp;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>
/// A figure of a recording and its features on a common time axis: the waveform, then one panel per block of features. Trimmed ends are
/// pale in the waveform and white in the panels.
/// </summary>
public sealed class FeaturesPlot
{
    private const int Width = 1200, Top = 88, TitleHeight = 30, Gap = 14, AxisHeight = 62;
    private const int WaveformHeight = 110, LineHeight = 80;
    private const float Left = 92, Right = Width - 132;
    private const double MaxSecondsAxis = 600;

    private readonly string title;
    private readonly ExtractedClip clip;
    private readonly FeatureSettings settings;
    private readonly IReadOnlyList<FeatureBlock> blocks;
    private readonly int firstPitch;
    private readonly double seconds;

    private FeaturesPlot(string title, ExtractedClip clip, FeatureExtractor extractor)
    {
        (this.title, this.clip, settings) = (title, clip, extractor.Settings);
        // Pitch and voicing get a panel each.
        blocks = [.. extractor.Blocks.SelectMany(block => block.Kind == FeatureKind.Pitch
            ? Enumerable.Range(block.First, block.Count).Select(row => new FeatureBlock(block.Kind, row, 1)) : [block])];
        firstPitch = blocks.FirstOrDefault(block => block.Kind == FeatureKind.Pitch).First;
        seconds = clip.Sound.Seconds;
    }

    /// <summary>The picture as a PNG file.</summary>
    /// <param name="title">Title of the picture.</param>
    /// <param name="clip">Recording and features.</param>
    /// <param name="extractor">The extractor of the features.</param>
    public static byte[] ToPng(string title, ExtractedClip clip, FeatureExtractor extractor) => Draw(title, clip, extractor).Png();

    /// <summary>The picture, <see cref="Width"/> pixels wide and as high as its panels need.</summary>
    internal static Figure Draw(string title, ExtractedClip clip, FeatureExtractor extractor)
    {
        FeaturesPlot plot = new(title, clip, extractor);
        int height = Top + TitleHeight + WaveformHeight + Gap
            + plot.blocks.Sum(block => TitleHeight + HeightOf(block) + Gap) + AxisHeight;
        return new Figure(Width, height, plot.DrawOn);
    }

    private void DrawOn(SKCanvas canvas)
    {
        FigureStyle.DrawHeading(canvas, title, Caption(), Width, Width - 2 * FigureStyle.Margin);
        float top = Top + TitleHeight;
        DrawWaveform(canvas, new SKRect(Left, top, Right, top + WaveformHeight));
        top += WaveformHeight + Gap;
        foreach (FeatureBlock block in blocks)
        {
            SKRect area = new(Left, top + TitleHeight, Right, top + TitleHeight + HeightOf(block));
            DrawTitle(canvas, TitleOf(block), area);
            if (block.Count > 1)
                FeatureImage.Draw(canvas, area, block, clip, settings);
            else
                DrawLine(canvas, area, clip.Features.Row(block.First));
            DrawFrame(canvas, area);
            top = area.Bottom + Gap;
        }
        DrawTime(canvas, top - Gap);
    }

    private string Caption() => string.Create(CultureInfo.InvariantCulture,
        $"{clip.Sound.SampleRate:N0} Hz, {seconds:0.00} s. Features at {settings.SampleRate:N0} Hz: ")
        + $"frames of {Milliseconds(settings.FrameLength)} ms every {Milliseconds(settings.HopLength)} ms, "
        + string.Create(CultureInfo.InvariantCulture, $"{clip.Features.Frames:N0} ")
        + (clip.Features.Frames == 1 ? "frame" : "frames") + TrimmedRange();

    private string TrimmedRange() => clip.Start > 0 || clip.End < seconds - 1.0 / settings.SampleRate
        ? string.Create(CultureInfo.InvariantCulture, $", from {clip.Start:0.00} to {clip.End:0.00} s") : "";

    private string Milliseconds(int samples) => (1000.0 * samples / settings.SampleRate).ToString("0.##", CultureInfo.InvariantCulture);

    private string TitleOf(FeatureBlock block) => block.Kind switch
    {
        FeatureKind.Mel => $"mel spectrogram, {block.Count} bands (frequency in Hz, power in dB)",
        FeatureKind.Mfcc => $"MFCC, {block.Count} coefficients"
            + (block.Count > 1 ? " (the first, the level, exceeds the colour scale)" : ""),
        FeatureKind.Delta => "deltas of the MFCC, per frame",
        FeatureKind.DeltaDelta => "delta-deltas of the MFCC, per frame squared",
        FeatureKind.Chroma => $"chroma, {block.Count} pitch classes (from windows of {Milliseconds(ChromaWindow)} ms)",
        FeatureKind.Rms => "level (root mean square)",
        FeatureKind.Zcr => "zero-crossing rate",
        FeatureKind.Centroid => "spectral centroid (Hz)",
        FeatureKind.Pitch => block.First == firstPitch ? "pitch (semitones above 100 Hz)" : "voicing (0 to 1)",
        _ => KebabCase.From(block.Kind),
    };

    // As in FeatureExtractor: chroma with an FFT length of its own uses a window of that length.
    private int ChromaWindow => settings.ChromaFftLength == settings.FftLength ? settings.FrameLength : settings.ChromaFftLength;

    private void DrawWaveform(SKCanvas canvas, SKRect area)
    {
        DrawTitle(canvas, "waveform (1 is full scale)", area);
        ReadOnlySpan<float> samples = clip.Sound.Samples;
        float peak = 0;
        foreach (float sample in samples)
            peak = Math.Max(peak, Math.Abs(sample));
        AxisScale scale = AxisScale.Round(-Math.Max(peak, 1e-4f), Math.Max(peak, 1e-4f), 2);
        float middle = area.MidY, perUnit = area.Height / (float)(scale.High - scale.Low);
        using SKPaint ink = new() { Color = FigureStyle.Ink, StrokeWidth = 1, IsAntialias = false };
        using SKPaint pale = new() { Color = FigureStyle.FaintInk.WithAlpha(110), StrokeWidth = 1, IsAntialias = false };
        float previous = middle;
        for (int x = 0; x < (int)area.Width; x++)
        {
            // The range of the samples under the pixel, joined to the last sample of the previous pixel.
            int from = (int)((double)x / area.Width * samples.Length);
            int to = Math.Clamp((int)((x + 1.0) / area.Width * samples.Length), from + 1, samples.Length);
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            foreach (float sample in samples[from..to])
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            float top = middle - high * perUnit, bottom = middle - low * perUnit;
            double time = (x + 0.5) / area.Width * seconds;
            if (x > 0)
                (top, bottom) = (Math.Min(top, previous), Math.Max(bottom, previous));
            SKPaint paint = time >= clip.Start && time <= clip.End ? ink : pale;
            canvas.DrawLine(area.Left + x + 0.5f, top - 0.5f, area.Left + x + 0.5f, bottom + 0.5f, paint);
            previous = middle - samples[to - 1] * perUnit;
        }
        foreach (double tick in scale.Ticks)
            DrawTick(canvas, area, middle - (float)tick * perUnit, Number(tick, scale), FigureStyle.TickSize);
        DrawFrame(canvas, area);
    }

    private void DrawLine(SKCanvas canvas, SKRect area, ReadOnlySpan<float> values)
    {
        FeatureStatistics statistics = FeatureStatistics.Compute(values);
        AxisScale scale = AxisScale.Round(statistics.Low, statistics.High > statistics.Low ? statistics.High : statistics.Low + 1, 2);
        float perUnit = area.Height / (float)(scale.High - scale.Low);
        using SKPaint ink = new() { Color = SKColor.Parse(EmotionPalette.Blue), StrokeWidth = 1.5f, IsStroke = true, IsAntialias = true };
        using SKPath path = new();
        for (int frame = 0; frame < values.Length; frame++)
        {
            SKPoint point = new(
                X(clip.Start + (double)frame * settings.HopLength / settings.SampleRate),
                area.Bottom - (values[frame] - (float)scale.Low) * perUnit);
            if (frame == 0)
                path.MoveTo(point);
            else
                path.LineTo(point);
        }
        canvas.DrawPath(path, ink);
        foreach (double tick in scale.Ticks)
            DrawTick(canvas, area, area.Bottom - (float)(tick - scale.Low) * perUnit, Number(tick, scale), FigureStyle.TickSize);
    }

    private void DrawTime(SKCanvas canvas, float top)
    {
        bool inMinutes = seconds > MaxSecondsAxis;
        double unit = inMinutes ? 60 : 1;
        AxisScale scale = AxisScale.Round(0, seconds / unit, 10);
        using SKPaint line = new() { Color = FigureStyle.FaintInk, StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        foreach (double tick in scale.Ticks.Where(tick => tick * unit <= seconds * (1 + 1e-9)))
        {
            float x = X(tick * unit);
            canvas.DrawLine(x, top, x, top + 6, line);
            DrawCentred(Number(tick, scale), x, top + 24, FigureStyle.TickSize);
        }
        DrawCentred(inMinutes ? "time in minutes" : "time in seconds", (Left + Right) / 2, top + 48, FigureStyle.TextSize);

        void DrawCentred(string text, float x, float y, float size) =>
            FigureStyle.DrawText(canvas, text, x, y, size, FigureStyle.Ink, align: SKTextAlign.Center);
    }

    private static void DrawTitle(SKCanvas canvas, string text, SKRect area) =>
        FigureStyle.DrawText(canvas, text, area.Left, area.Top - 8, FigureStyle.TickSize, FigureStyle.Ink);

    private static void DrawFrame(SKCanvas canvas, SKRect area)
    {
        using SKPaint line = new() { Color = FigureStyle.FaintInk, StrokeWidth = 1, IsStroke = true, IsAntialias = false };
        canvas.DrawRect(area, line);
    }

    /// <summary>Draws a tick mark with its label on the left of a panel.</summary>
    internal static void DrawTick(SKCanvas canvas, SKRect area, float y, string label, float size)
    {
        using SKPaint line = new() { Color = FigureStyle.FaintInk, StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(area.Left - 5, y, area.Left, y, line);
        FigureStyle.DrawText(canvas, label, area.Left - 9, y + 0.36f * size, size, FigureStyle.Ink, align: SKTextAlign.Right);
    }

    /// <summary>The number of a tick mark, with a typographic minus sign.</summary>
    internal static string Number(double tick, AxisScale scale) =>
        tick.ToString($"N{scale.Decimals}", CultureInfo.InvariantCulture).Replace('-', '−');

    private float X(double second) => Left + (float)(second / seconds) * (Right - Left);

    private static int HeightOf(FeatureBlock block) => block.Count == 1 ? LineHeight : block.Kind switch
    {
        FeatureKind.Mel => 250,
        FeatureKind.Chroma => 192,
        _ => 150,
    };
}
