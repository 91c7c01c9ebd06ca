using ScottPlot;
using SkiaSharp;
using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Reports;

/// <summary>A figure of a confusion matrix with count and percentage of the row in each cell: 1000 × 800 pixels.</summary>
public static class ConfusionPlot
{
    private const int Width = 1000, Height = 800, Top = 92;
    private const float AxisTitleRoom = 34, LabelLimit = 190, TiltedLimit = 130, SupportRoom = 92, Tilt = 40;

    /// <summary>Writes <c>PATH.png</c> and <c>PATH.svg</c>.</summary>
    /// <param name="pathWithoutExtension">Path of both files: <c>runs/NAME/confusion</c>.</param>
    /// <param name="matrix">The counts.</param>
    /// <param name="name">Name of the run or model.</param>
    public static void Save(string pathWithoutExtension, ConfusionMatrix matrix, string name) =>
        Draw(matrix, name).Save(pathWithoutExtension);

    internal static Figure Draw(ConfusionMatrix matrix, string name)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        string[] rows = FitLabels(matrix, LabelLimit, out float widest);
        float left = AxisTitleRoom + 24 + widest;
        float cellWidth = (Width - left - SupportRoom) / rows.Length;
        bool tilted = widest > cellWidth - 8;
        string[] columns = FitLabels(matrix, tilted ? TiltedLimit : LabelLimit, out widest);
        float labelRoom = tilted ? widest * MathF.Sin(Tilt * MathF.PI / 180) + 26 : 26;
        PixelPadding frame = new(left, SupportRoom, bottom: labelRoom + AxisTitleRoom + 14, top: 30);
        CellText text = CellText.For(matrix, cellWidth, (Height - Top - frame.Top - frame.Bottom) / rows.Length);
        return new Figure(Width, Height, canvas =>
        {
            FigureStyle.DrawHeading(canvas, $"Confusion matrix of {name}", Subtitle(matrix), Width, Width - 2 * FigureStyle.Margin);
            using Plot plot = Cells(matrix, rows, columns, frame, text, tilted);
            FigureStyle.DrawPlot(canvas, plot, Width, Top, Height);
            DrawMargins(canvas, matrix, frame);
        });
    }

    private static Plot Cells(ConfusionMatrix matrix, string[] rows, string[] columns, PixelPadding frame, CellText text, bool tilted)
    {
        Plot plot = FigureStyle.NewPlot();
        int n = rows.Length;
        plot.Layout.Fixed(frame);
        plot.Axes.SetLimits(0, n, 0, n);
        plot.HideGrid();
        for (int truth = 0; truth < n; truth++)
            for (int predicted = 0; predicted < n; predicted++)
                AddCell(plot, matrix, truth, predicted, text);

        double[] middles = [.. Enumerable.Range(0, n).Select(i => i + 0.5)];
        plot.Axes.Bottom.SetTicks(middles, columns);
        plot.Axes.Left.SetTicks([.. middles.Select(middle => n - middle)], rows);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.MajorTickStyle.Length = 0;
            axis.FrameLineStyle.Width = 0;
        }
        if (tilted)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -Tilt;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
            plot.Axes.Bottom.TickLabelStyle.OffsetY = 9;
        }
        return plot;
    }

    private static string[] FitLabels(ConfusionMatrix matrix, float limit, out float widest)
    {
        string[] labels = [.. matrix.Labels.Select(label => FigureStyle.Fit(label, FigureStyle.TickSize, limit))];
        widest = labels.Max(label => FigureStyle.Width(label, FigureStyle.TickSize));
        return labels;
    }

    private static void AddCell(Plot plot, ConfusionMatrix matrix, int truth, int predicted, CellText text)
    {
        int n = matrix.Labels.Count, count = matrix[truth, predicted];
        double bottom = n - 1 - truth;
        double? share = matrix.RowShare(truth, predicted);
        SKColor fill = share is null ? EmptyRow : ShareScale.At(share.Value);
        var cell = plot.Add.Rectangle(predicted, predicted + 1, bottom, bottom + 1);
        cell.FillColor = Color.FromSKColor(fill);
        cell.LineColor = Color.FromSKColor(FigureStyle.Hairline);
        cell.LineWidth = 1;

        SKColor ink = count == 0 ? FigureStyle.FaintInk : ShareScale.InkOn(fill);
        AddText(count.ToString(), Alignment.LowerCenter, text.CountOffset, text.CountSize, bold: count > 0);
        string percent = share is null ? "–" : FigureStyle.Percent(share.Value);
        AddText(percent, Alignment.UpperCenter, text.ShareOffset, text.ShareSize, bold: false);

        void AddText(string content, Alignment alignment, float offset, float size, bool bold)
        {
            var label = plot.Add.Text(content, predicted + 0.5, bottom + 0.5);
            label.LabelStyle.Font = EmbeddedFont.Typeface(bold); // with a font name alone ScottPlot ignores the weight
            label.LabelFontSize = size;
            label.LabelFontColor = Color.FromSKColor(ink);
            label.LabelAlignment = alignment;
            label.OffsetY = offset;
        }
    }

    // Axis titles, and on the right the number of utterances of each row.
    private static void DrawMargins(SKCanvas canvas, ConfusionMatrix matrix, PixelPadding frame)
    {
        float top = Top + frame.Top, bottom = Height - frame.Bottom, right = Width - frame.Right;
        FigureStyle.DrawText(
            canvas, "predicted emotion", (frame.Left + right) / 2, Height - 18,
            FigureStyle.TextSize, FigureStyle.Ink, bold: true, SKTextAlign.Center);
        FigureStyle.DrawUpwards(canvas, "true emotion", AxisTitleRoom, (top + bottom) / 2, bold: true);

        float row = (bottom - top) / matrix.Labels.Count;
        DrawTotal("total", top - 10);
        for (int i = 0; i < matrix.Labels.Count; i++)
            DrawTotal(matrix.Support(i).ToString(), top + (i + 0.5f) * row + FigureStyle.TickSize * 0.36f);

        void DrawTotal(string text, float y) => FigureStyle.DrawText(
            canvas, text, right + SupportRoom / 2, y, FigureStyle.TickSize, FigureStyle.FaintInk, align: SKTextAlign.Center);
    }

    private static string Subtitle(ConfusionMatrix matrix)
    {
        if (matrix.Total == 0)
            return "no utterance";
        Scores scores = matrix.Scores;
        string utterances = matrix.Total == 1 ? "1 utterance" : $"{matrix.Total} utterances";
        return $"accuracy {FigureStyle.Percent(scores.Accuracy)}, UAR {FigureStyle.Percent(scores.Uar)}, {utterances}; "
            + "per cent of each row";
    }

    private static readonly SKColor EmptyRow = new(0xF2, 0xF2, 0xF2);

    /// <summary>Text sizes and offsets in pixels with which the text of every cell fits into it.</summary>
    private sealed record CellText(float CountSize, float ShareSize, float CountOffset, float ShareOffset)
    {
        private const float Filled = 0.86f; // share of a cell's width

        public static CellText For(ConfusionMatrix matrix, float width, float height)
        {
            int n = matrix.Labels.Count;
            int largest = Enumerable.Range(0, n * n).Max(i => matrix[i / n, i % n]);
            float count = Math.Min(Math.Min(30, height * 0.32f), Filled * width / FigureStyle.Width($"{largest}", 1, bold: true));
            float share = Math.Min(count * 0.8f, Filled * width / FigureStyle.Width("99.9\u00A0%", 1));
            return new CellText(count, share, count * 0.06f, count * 0.14f); // digits fill the upper part of a line
        }
    }
}
