namespace SpeechEmotion.Reports;

/// <summary>Range and tick marks of an axis, at round numbers.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Ticks">Tick marks, in ascending order.</param>
/// <param name="Decimals">Number of decimals that the tick marks need.</param>
internal sealed record AxisScale(double Low, double High, double[] Ticks, int Decimals)
{
    private static readonly double[] Mantissas = [1, 2, 5, 10];

    /// <summary>
    /// From <paramref name="low"/> or the round number below it to <paramref name="high"/> or the round number above it, with up to about
    /// <paramref name="max"/> steps.
    /// </summary>
    public static AxisScale Round(double low, double high, int max)
    {
        double step = Step(high - low, max, smallest: 0);
        double first = Math.Floor(low / step + 1e-9), last = Math.Max(first + 1, Math.Ceiling(high / step - 1e-9));
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
        return new AxisScale(ticks[0], ticks[^1], ticks, Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9)));
    }

    /// <summary>
    /// Epochs 1 to <paramref name="last"/>: tick marks at whole numbers, including 1, with up to about <paramref name="max"/> steps.
    /// </summary>
    public static AxisScale Epochs(int last, int max)
    {
        int step = (int)Step(last - 1, max, smallest: 1);
        List<double> ticks = [1];
        for (int epoch = step; epoch <= last; epoch += step)
            if (epoch > 1 && (step == 1 || epoch > step / 2))
                ticks.Add(epoch);
        double margin = Math.Max(0.5, 0.02 * (last - 1));
        return new AxisScale(1 - margin, last + margin, [.. ticks], 0);
    }

    private static double Step(double range, int max, double smallest)
    {
        double raw = Math.Max(range, 1e-9) / max;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return Math.Max(smallest, power * Mantissas.First(mantissa => mantissa * power >= raw * (1 - 1e-9)));
    }
}
