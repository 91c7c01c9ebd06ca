using System.Globalization;
using SkiaSharp;
using SpeechEmotion.Live;

namespace SpeechEmotion.Reports;

/// <summary>A timeline as a picture: the waveform, behind it the emotions as coloured bands with their names, time below.</summary>
internal static class TimelinePlot
{
    private const int Width = 1200, Height = 420;
    private const float Left = FigureStyle.Margin, Right = Width - FigureStyle.Margin, Top = 120, Bottom = 360;
    private const int MaxTicks = 10;
    private static readonly double[] TickSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400];

    /// <param name="title">What was listened to.</param>
    /// <param name="seconds">Length of the stream.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="bands">The emotions.</param>
    /// <param name="peaks">The outline of the waveform, <see cref="Envelope.Rate"/> a second.</param>
    public static Figure Draw(
        string title, double seconds, IReadOnlyList<string> labels, IReadOnlyList<TimelineBand> bands, IReadOnlyList<float> peaks)
    {
        double length = Math.Max(seconds, 0.1);
        IReadOnlyList<EmotionInk> inks = EmotionPalette.For(labels);
        string subtitle = bands.Count == 0
            ? "no speech"
            : $"{bands.Max(band => band.Utterance)} utterances in {seconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
        return new Figure(Width, Height, canvas =>
        {
            FigureStyle.DrawHeading(canvas, title, subtitle, Width, Width);
            foreach (TimelineBand band in bands)
                DrawBand(canvas, band, inks[IndexOf(labels, band.Emotion)], length);
            DrawWave(canvas, peaks, length);
            DrawTime(canvas, length);
        });
    }

    private static void DrawBand(SKCanvas canvas, TimelineBand band, EmotionInk ink, double length)
    {
        float from = X(band.Start, length), to = X(band.End, length);
        using SKPaint fill = new() { Color = SKColor.Parse(ink.Color).WithAlpha(90), IsAntialias = true };
        canvas.DrawRect(new SKRect(from, Top, to, Bottom), fill);
        using SKPaint edge = new() { Color = SKColor.Parse(ink.Color), IsAntialias = true };
        canvas.DrawRect(new SKRect(from, Top, to, Top + 6), edge);
        // The name where it fits, else the letter, which the live view shows too.
        string name = FigureStyle.Width(band.Emotion, FigureStyle.TickSize) <= to - from + 2 ? band.Emotion : ink.Letter.ToString();
        if (FigureStyle.Width(name, FigureStyle.TickSize) <= to - from + 4)
            FigureStyle.DrawText(canvas, name, (from + to) / 2, Top - 10, FigureStyle.TickSize, FigureStyle.Ink, align: SKTextAlign.Center);
    }

    private static void DrawWave(SKCanvas canvas, IReadOnlyList<float> peaks, double length)
    {
        using SKPaint line = new() { Color = FigureStyle.Ink, StrokeWidth = 1, IsStroke = true, IsAntialias = false };
        const float middle = (Top + 6 + Bottom) / 2, half = (Bottom - Top - 6) / 2;
        float loudest = Math.Max(1e-3f, peaks.DefaultIfEmpty(0).Max());
        for (int x = (int)Left; x <= (int)Right; x++)
        {
            int from = (int)((x - Left) / (Right - Left) * length * Envelope.Rate);
            int to = Math.Max(from + 1, (int)((x + 1 - Left) / (Right - Left) * length * Envelope.Rate));
            float peak = 0;
            for (int i = from; i < Math.Min(to, peaks.Count); i++)
                peak = Math.Max(peak, peaks[i]);
            float reach = Math.Max(0.5f, peak / loudest * half * 0.95f);
            canvas.DrawLine(x, middle - reach, x, middle + reach, line);
        }
    }

    private static void DrawTime(SKCanvas canvas, double length)
    {
        using SKPaint line = new() { Color = FigureStyle.FaintInk, StrokeWidth = 1, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(Left, Bottom, Right, Bottom, line);
        double step = TickSteps.FirstOrDefault(
            candidate => length / candidate <= MaxTicks, TickSteps[^1] * Math.Ceiling(length / TickSteps[^1] / MaxTicks));
        for (int i = 0; i * step <= length; i++)
        {
            float x = X(i * step, length);
            canvas.DrawLine(x, Bottom, x, Bottom + 6, line);
            SKTextAlign align = i == 0 ? SKTextAlign.Left : x > Right - 30 ? SKTextAlign.Right : SKTextAlign.Center;
            FigureStyle.DrawText(canvas, Clock(i * step, step), x, Bottom + 24, FigureStyle.TickSize, FigureStyle.Ink, align: align);
        }
        FigureStyle.DrawText(
            canvas, step < 60 ? "seconds" : "hours and minutes", (Left + Right) / 2, Bottom + 48,
            FigureStyle.TextSize, FigureStyle.FaintInk, align: SKTextAlign.Center);
    }

    private static string Clock(double seconds, double step) => step < 60
        ? seconds.ToString(step < 1 ? "0.0" : "0", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 3600}:{(long)seconds / 60 % 60:00}");

    private static float X(double seconds, double length) => Left + (float)(seconds / length) * (Right - Left);

    private static int IndexOf(IReadOnlyList<string> labels, string label)
    {
        for (int i = 0; i < labels.Count; i++)
            if (labels[i] == label)
                return i;
        throw new ArgumentException($"{label}: not among the labels {string.Join(", ", labels)}", nameof(label));
    }
}
