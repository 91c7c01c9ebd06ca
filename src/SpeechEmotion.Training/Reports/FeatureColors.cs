using ScottPlot;
using SkiaSharp;
using SpeechEmotion.Features;

namespace SpeechEmotion.Reports;

/// <summary>Which values of a block of features a picture's colours reach from and to.</summary>
/// <param name="Scale">Ends and marks.</param>
/// <param name="Diverging">Whether 0 is the middle.</param>
/// <param name="Unit">Behind the marks.</param>
internal sealed record FeatureColors(AxisScale Scale, bool Diverging, string Unit)
{
    private const double Range = 80;   // dB below the loudest, librosa's top_db
    private const double Covered = 0.99;

    // Both rise or fall steadily in lightness: they read in grey and with any colour vision.
    private static readonly IColormap Rising = new ScottPlot.Colormaps.Inferno();
    private static readonly IColormap FromMiddle = new ScottPlot.Colormaps.Balance();

    /// <summary>Mel from the loudest value 80 dB downwards, chroma from 0 to 1, coefficients as far from 0 as all but the wildest go.</summary>
    public static FeatureColors Create(FeatureBlock block, FeatureMatrix features)
    {
        ReadOnlySpan<float> values = features.Values.AsSpan(block.First * features.Frames, block.Count * features.Frames);
        FeatureStatistics statistics = FeatureStatistics.Compute(values);
        switch (block.Kind)
        {
            case FeatureKind.Mel:
                double top = 10 * Math.Ceiling(statistics.High / 10);
                return new FeatureColors(AxisScale.Round(Math.Max(top - Range, Math.Min(top - 10, statistics.Low)), top, 4), false, " dB");
            case FeatureKind.Chroma:
                return new FeatureColors(AxisScale.Round(0, 1, 4), false, "");
            case FeatureKind.Mfcc or FeatureKind.Delta or FeatureKind.DeltaDelta:
                // The first coefficient is the level, many times larger than the others.
                double reach = Reach(block.Count > 1 ? values[features.Frames..] : values);
                return new FeatureColors(AxisScale.Round(-reach, reach, 4), true, "");
            default:
                return new FeatureColors(AxisScale.Round(statistics.Low, statistics.High, 4), false, "");
        }
    }

    /// <summary>The colour of a value; what lies beyond an end has that end's colour.</summary>
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
        return Math.Max(1e-3, sizes[(int)(Covered * (sizes.Length - 1))]);
    }
}
