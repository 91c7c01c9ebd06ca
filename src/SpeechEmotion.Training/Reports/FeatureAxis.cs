using System.Globalization;
using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Reports;

/// <summary>A tick mark on the vertical axis of a block of features.</summary>
/// <param name="Row">Position: 0 is the centre of the lowest row, 1 that of the next.</param>
/// <param name="Label">Text of the mark.</param>
internal readonly record struct RowTick(double Row, string Label);

/// <summary>The vertical axis of a block of features: frequencies, coefficients or pitch classes.</summary>
internal static class FeatureAxis
{
    private const int MaxTicks = 5;
    private static readonly double[] Hertz = [50, 100, 250, 500, 1000, 2000, 4000, 8000, 16000, 32000];
    private static readonly string[] PitchClasses = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"];

    /// <summary>Tick marks of a block with more than one row, in ascending order.</summary>
    public static IReadOnlyList<RowTick> CreateTicks(FeatureBlock block, FeatureSettings settings) => block.Kind switch
    {
        FeatureKind.Mel => Mel(settings),
        FeatureKind.Chroma when block.Count == PitchClasses.Length => [.. PitchClasses.Select((name, row) => new RowTick(row, name))],
        _ => Numbers(block.Count),
    };

    /// <summary>Frequencies at their positions between the centres of the mel bands.</summary>
    private static RowTick[] Mel(FeatureSettings settings)
    {
        double low = MelScale.FromHertz(settings.MelLow);
        double high = MelScale.FromHertz(settings.MelHigh > 0 ? settings.MelHigh : settings.SampleRate / 2.0);
        // The edges of the bands are equally spaced in mel: edge 0 is the lower end, edge b + 1 the centre of band b.
        double step = (high - low) / (settings.MelBands + 1);
        return
        [
            .. from hertz in Hertz
               let row = (MelScale.FromHertz(hertz) - low) / step - 1
               where row >= -1 && row <= settings.MelBands
               select new RowTick(Math.Clamp(row, -0.5, settings.MelBands - 0.5), Name(hertz)),
        ];
    }

    private static RowTick[] Numbers(int rows)
    {
        AxisScale scale = AxisScale.Round(0, rows, MaxTicks);
        return [.. scale.Ticks
            .Where(tick => tick < rows && tick == Math.Floor(tick))
            .Select(tick => new RowTick(tick, tick.ToString(CultureInfo.InvariantCulture)))];
    }

    private static string Name(double hertz) =>
        hertz >= 1000 ? $"{(hertz / 1000).ToString(CultureInfo.InvariantCulture)}k" : hertz.ToString(CultureInfo.InvariantCulture);
}
