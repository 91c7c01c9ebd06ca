using System.Globalization;
using ScottPlot;
using SkiaSharp;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reports;

/// <summary>
/// A figure of accuracy and loss on training and validation part over the epochs, with the best epoch marked: 1000 × 800 pixels.
/// </summary>
public static class CurvesPlot
{
    private const int Width = 1000, Height = 800, PanelTop = 88, PanelHeight = 352;
    private const int MaxMarkers = 25;
    private static readonly PixelPadding Frame = new(left: 92, right: 32, bottom: 48, top: 34);

    /// <summary>Writes <c>PATH.png</c> and <c>PATH.svg</c>.</summary>
    /// <param name="pathWithoutExtension">Path of both files: <c>runs/NAME/curves</c>.</param>
    /// <param name="history">The epochs, at least one, in order.</param>
    /// <param name="bestEpoch">Number of the epoch whose weights were kept; null when none was chosen.</param>
    /// <param name="name">Name of the run.</param>
    /// <exception cref="ArgumentException">There is no epoch, or <paramref name="bestEpoch"/> is not among them.</exception>
    public static void Save(string pathWithoutExtension, IReadOnlyList<HistoryRow> history, int? bestEpoch, string name) =>
        Draw(history, bestEpoch, name).Save(pathWithoutExtension);

    internal static Figure Draw(IReadOnlyList<HistoryRow> history, int? bestEpoch, string name)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
            throw new ArgumentException("curves need at least one epoch", nameof(history));
        HistoryRow? best = bestEpoch is null ? null : history.FirstOrDefault(row => row.Epoch == bestEpoch)
            ?? throw new ArgumentException($"best epoch {bestEpoch}: not in the history of {history.Count} epochs", nameof(bestEpoch));
        bool validated = history.Any(row => row.ValidationLoss is not null);
        Panel accuracy = new(
            "accuracy", row => row.TrainAccuracy, row => row.ValidationAccuracy, AccuracyScale, FormatPercentTick, AccuracyAt);
        Panel loss = new("loss", row => row.TrainLoss, row => row.ValidationLoss, LossScale, FormatLossTick, LossAt);
        return new Figure(Width, Height, canvas =>
        {
            FigureStyle.DrawHeading(canvas, $"Training of {name}", Subtitle(history, best, validated), Width, Width - 300);
            DrawLegend(canvas, validated);
            DrawPanel(canvas, accuracy, history, best, PanelTop, xTitle: null);
            DrawPanel(canvas, loss, history, best, PanelTop + PanelHeight, xTitle: "epoch");
        });
    }

    private static void DrawPanel(
        SKCanvas canvas, Panel panel, IReadOnlyList<HistoryRow> history, HistoryRow? best, int top, string? xTitle)
    {
        using Plot plot = FigureStyle.NewPlot();
        plot.Layout.Fixed(Frame);
        AxisScale x = AxisScale.Epochs(history[^1].Epoch, max: 12);
        AxisScale y = panel.Scale(
            [.. Finite(history.Select(panel.Train)), .. Finite(history.Select(row => panel.Validation(row) ?? double.NaN))]);
        double head = 0.04 * (y.High - y.Low); // separates a curve at the highest tick from the frame
        plot.Axes.SetLimits(x.Low, x.High, y.Low, y.High + head);
        plot.Axes.Bottom.SetTicks(x.Ticks, [.. x.Ticks.Select(tick => $"{(int)tick}")]);
        plot.Axes.Left.SetTicks(y.Ticks, [.. y.Ticks.Select(tick => panel.Format(tick, y))]);
        plot.Axes.Bottom.Label.Text = xTitle ?? "";
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;

        if (best is not null)
            plot.Add.VerticalLine(best.Epoch, 1.5f, Color.FromSKColor(FigureStyle.FaintInk));
        AddCurve(plot, history, panel.Train, TrainingInk);
        AddCurve(plot, history, row => panel.Validation(row) ?? double.NaN, ValidationInk);
        if (best is not null && (panel.Validation(best) ?? panel.Train(best)) is var value && double.IsFinite(value))
            plot.Add.Marker(best.Epoch, value, MarkerShape.OpenCircle, 18, Color.FromSKColor(FigureStyle.Ink)).MarkerLineWidth = 2.5f;
        FigureStyle.DrawPlot(canvas, plot, Width, top, top + PanelHeight);
        // Drawn here instead of by the plot, so that its position does not depend on the width of the tick labels.
        float middle = top + (Frame.Top + PanelHeight - Frame.Bottom) / 2;
        FigureStyle.DrawUpwards(canvas, panel.Title, FigureStyle.Margin + 12, middle, bold: false);

        if (best is not null)
            DrawBest(canvas, panel.At(best), best.Epoch, x, top);
    }

    // The value is above the frame, where no curve crosses it.
    private static void DrawBest(SKCanvas canvas, string text, int epoch, AxisScale x, int top)
    {
        float left = Frame.Left, right = Width - Frame.Right;
        float at = left + (float)((epoch - x.Low) / (x.High - x.Low)) * (right - left);
        float half = FigureStyle.Width(text, FigureStyle.TickSize, bold: true) / 2;
        at = Math.Clamp(at, left + half, right - half);
        FigureStyle.DrawText(canvas, text, at, top + Frame.Top - 8, FigureStyle.TickSize, FigureStyle.Ink, bold: true, SKTextAlign.Center);
    }

    private static void AddCurve(Plot plot, IReadOnlyList<HistoryRow> history, Func<HistoryRow, double> value, CurveInk ink)
    {
        HistoryRow[] rows = [.. history.Where(row => double.IsFinite(value(row)))];
        Color color = Color.FromHex(ink.Color);
        var line = plot.Add.ScatterLine(rows.Select(row => (double)row.Epoch).ToArray(), rows.Select(value).ToArray(), color);
        line.LineWidth = ink.Width;
        int every = (rows.Length + MaxMarkers - 1) / MaxMarkers;
        HistoryRow[] marked = [.. rows.Where((_, i) => i % Math.Max(1, every) == 0)];
        plot.Add.Markers(marked.Select(row => (double)row.Epoch).ToArray(), marked.Select(value).ToArray(), ink.Marker, 9, color);
    }

    private static void DrawLegend(SKCanvas canvas, bool validated)
    {
        float right = Width - Frame.Right;
        foreach (CurveInk ink in validated ? new[] { ValidationInk, TrainingInk } : [TrainingInk])
        {
            right -= FigureStyle.Width(ink.Name, FigureStyle.TextSize);
            FigureStyle.DrawText(canvas, ink.Name, right, 68, FigureStyle.TextSize, FigureStyle.Ink);
            right -= 10;
            DrawSample(canvas, ink, right - 44, right, 62.5f);
            right -= 44 + 28;
        }
    }

    private static void DrawSample(SKCanvas canvas, CurveInk ink, float left, float right, float y)
    {
        SKColor color = SKColor.Parse(ink.Color);
        using SKPaint line = new() { Color = color, StrokeWidth = ink.Width, IsStroke = true, IsAntialias = true };
        canvas.DrawLine(left, y, right, y, line);
        using SKPaint fill = new() { Color = color, IsAntialias = true };
        float middle = (left + right) / 2;
        if (ink.Marker == MarkerShape.FilledCircle)
            canvas.DrawCircle(middle, y, 4, fill);
        else
            canvas.DrawRect(middle - 4, y - 4, 8, 8, fill);
    }

    private static string Subtitle(IReadOnlyList<HistoryRow> history, HistoryRow? best, bool validated)
    {
        string epochs = history.Count == 1 ? "1 epoch" : $"{history.Count} epochs";
        string part = validated ? "" : ", no validation part";
        return best is null ? epochs + part : $"{epochs}, weights kept from epoch {best.Epoch}{part}";
    }

    private static string AccuracyAt(HistoryRow row) => row is { ValidationAccuracy: { } accuracy, ValidationUar: { } uar }
        ? $"best epoch {row.Epoch}: accuracy {FigureStyle.Percent(accuracy)}, UAR {FigureStyle.Percent(uar)}"
        : $"epoch {row.Epoch}: training accuracy {FigureStyle.Percent(row.TrainAccuracy)}";

    private static string LossAt(HistoryRow row) => row.ValidationLoss is { } loss
        ? $"best epoch {row.Epoch}: loss {Format(loss)}"
        : $"epoch {row.Epoch}: training loss {Format(row.TrainLoss)}";

    private static string Format(double loss) =>
        double.IsFinite(loss) ? loss.ToString("0.000", CultureInfo.InvariantCulture) : "not finite";

    private static AxisScale AccuracyScale(double[] values) =>
        AxisScale.Round(Math.Min(values.DefaultIfEmpty(0).Min(), 0.95), 1, max: 6);

    private static AxisScale LossScale(double[] values) =>
        AxisScale.Round(0, Math.Max(values.DefaultIfEmpty(1).Max(), 0.01), max: 6);

    private static string FormatPercentTick(double tick, AxisScale scale) =>
        (100 * tick).ToString($"F{Math.Max(0, scale.Decimals - 2)}", CultureInfo.InvariantCulture) + "\u00A0%";

    private static string FormatLossTick(double tick, AxisScale scale) =>
        tick.ToString($"F{scale.Decimals}", CultureInfo.InvariantCulture);

    private static IEnumerable<double> Finite(IEnumerable<double> values) => values.Where(double.IsFinite);

    // Widths and markers differ as well as colours, for grey prints and colour blindness. Skia cannot write dashes as SVG.
    private static readonly CurveInk TrainingInk = new("training", EmotionPalette.Blue, MarkerShape.FilledSquare, 1.5f);
    private static readonly CurveInk ValidationInk = new("validation", EmotionPalette.Vermilion, MarkerShape.FilledCircle, 3);

    private sealed record CurveInk(string Name, string Color, MarkerShape Marker, float Width);

    private sealed record Panel(
        string Title, Func<HistoryRow, double> Train, Func<HistoryRow, double?> Validation,
        Func<double[], AxisScale> Scale, Func<double, AxisScale, string> Format, Func<HistoryRow, string> At);
}
