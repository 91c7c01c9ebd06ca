using ScottPlot;
using SkiaSharp;
using SpeechEmotion.Features;

namespace SpeechEmotion.Reports;

/// <summary>The mapping from the values of a block of features to colours.</summary>
/// <param name="Scale">Range of the values and tick marks.</param>
/// <param name="Diverging">Whether 0 is the centre of the range.</param>
/// <param name="Unit">Unit that follows the numbers of the tick marks.</param>
internal sealed record FeatureColors(AxisScale Scale, bool Diverging, string Unit)
{
    private const double Range = 80;   // dB below the loudest, librosa's top_db
    private const double CoveredShare = 0.99;

    // The lightness of both changes monotonically from the low end or the centre: they are readable in grey and with colour blindness.
    private static readonly IColormap Rising = new ScottPlot.Colormaps.Inferno();
    private static readonly IColormap FromMiddle = new ScottPlot.Colormaps.Balance();

    /// <summary>
    /// Mel bands: 80 dB below the highest value and up; chroma: 0 to 1; coefficients: ± the magnitude that 99 % of the values do not
    /// exceed.
    /// </summary>
    public static FeatureColors Create(FeatureBlock block, FeatureMatrix features)
    {
        ReadOnlySpan<float> values = features.Values.AsSpan(block.First * features.Frames, block.Count * features.Frames);
        FeatureStatistics statistics = FeatureStatistics.Compute(values);
        switch (block.Kind)
        {
            case FeatureKind.Mel:
                double top = 10 * Math.Ceiling(statistics.High / 10);
                double bottom = Math.Max(top - Range, Math.Min(top - 10, statistics.Low));
                return new FeatureColors(AxisScale.Round(bottom, top, 4), false, " dB");
            case FeatureKind.Chroma:
                return new FeatureColors(AxisScale.Round(0, 1, 4), false, "");
            case FeatureKind.Mfcc or FeatureKind.Delta or FeatureKind.DeltaDelta:
                // The first coefficient, the level, is left out: it is many times larger than the others.
                double reach = Reach(block.Count > 1 ? values[features.Frames..] : values);
                return new FeatureColors(AxisScale.Round(-reach, reach, 4), true, "");
            default:
                return new FeatureColors(AxisScale.Round(statistics.Low, statistics.High, 4), false, "");
        }
    }

    /// <summary>The colour of a value; values beyond the range have the colour of its nearer end.</summary>
    public SKColor At(double value)
    {
        double share = Math.Clamp((value - Scale.Low) / (Scale.High - Scale.Low), 0, 1);
        Color color = (Diverging ? FromMiddle : Rising).GetColor(share);
        return new SKColor(color.R, color.G, color.B);
    }

    private static double Reach(ReadOnlySpan<float> values)
    {
        float[] sizes = new float[values.Length];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(values[i]);
        Array.Sort(sizes);
        return Math.Max(1e-3, sizes[(int)(CoveredShare * (sizes.Length - 1))]);
    }
}
