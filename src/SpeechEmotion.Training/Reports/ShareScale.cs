using SkiaSharp;

namespace SpeechEmotion.Reports;

/// <summary>
/// A colour scale from white at a share of 0 to dark blue at 1. The lightness decreases monotonically, so that it is readable in grey and
/// with colour blindness. The stops are ColorBrewer's sequential "Blues" (Brewer 2003).
/// </summary>
internal static class ShareScale
{
    private static readonly SKColor[] Stops =
        [.. new[] { "FFFFFF", "DEEBF7", "C6DBEF", "9ECAE1", "6BAED6", "4292C6", "2171B5", "08519C", "08306B" }.Select(SKColor.Parse)];

    /// <summary>Fill colour of a cell with this share, 0 to 1.</summary>
    public static SKColor At(double share)
    {
        double position = Math.Clamp(share, 0, 1) * (Stops.Length - 1);
        int below = Math.Min((int)position, Stops.Length - 2);
        double part = position - below;
        SKColor low = Stops[below], high = Stops[below + 1];
        return new SKColor(Mix(low.Red, high.Red), Mix(low.Green, high.Green), Mix(low.Blue, high.Blue));

        byte Mix(byte from, byte to) => (byte)Math.Round(from + part * (to - from));
    }

    /// <summary>Black or white, whichever has the higher contrast on the fill: at least 4.5:1.</summary>
    public static SKColor InkOn(SKColor fill) =>
        Contrast(fill, SKColors.Black) >= Contrast(fill, SKColors.White) ? SKColors.Black : SKColors.White;

    /// <summary>Contrast ratio of two colours, 1 to 21 (WCAG 2.1).</summary>
    public static double Contrast(SKColor one, SKColor other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(SKColor color)
    {
        return 0.2126 * Linear(color.Red) + 0.7152 * Linear(color.Green) + 0.0722 * Linear(color.Blue);

        static double Linear(byte value)
        {
            double share = value / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }
    }
}
