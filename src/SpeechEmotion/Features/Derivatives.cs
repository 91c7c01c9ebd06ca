using System.Numerics;

namespace SpeechEmotion.Features;

/// <summary>
/// Derivatives over time by fitting a polynomial to nine frames (Savitzky and Golay 1964; <c>librosa.feature.delta</c>, width 9,
/// mode "interp"): a line for the first derivative, a parabola for the second. The first and last four frames take the
/// derivative of the first and last nine. A clip of fewer frames, which librosa refuses, is fitted as a whole.
/// </summary>
internal static class Derivatives
{
    /// <summary>Frames that one fit covers.</summary>
    public const int Width = 9;

    /// <summary>First (order 1) or second (order 2) derivative of a row, per frame and per frame squared.</summary>
    public static void Fit(ReadOnlySpan<float> row, Span<float> result, int order)
    {
        int width = Math.Min(Width, row.Length);
        if (width <= order)
        {
            result.Clear();
            return;
        }
        Span<float> weights = stackalloc float[width];
        Weights(weights, order);

        int half = width / 2;
        int fits = row.Length - width + 1;
        Span<float> middle = result.Slice(half, fits);
        int at = 0;
        for (; at <= fits - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int i = 0; i < width; i++)
                sum = Vector.FusedMultiplyAdd(new Vector<float>(row[(at + i)..]), new Vector<float>(weights[i]), sum);
            sum.CopyTo(middle[at..]);
        }
        for (; at < fits; at++)
        {
            float sum = 0;
            for (int i = 0; i < width; i++)
                sum = MathF.FusedMultiplyAdd(row[at + i], weights[i], sum);
            middle[at] = sum;
        }
        result[..half].Fill(middle[0]);
        result[(half + fits)..].Fill(middle[^1]);
    }

    // Projection on the orthogonal polynomial of that degree over equally spaced frames; its leading coefficient times order! is the derivative.
    private static void Weights(Span<float> weights, int order)
    {
        int width = weights.Length;
        double centre = (width - 1) / 2.0, offset = (width * (double)width - 1) / 12, norm = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < width; i++)
            {
                double x = i - centre;
                double polynomial = order == 1 ? x : x * x - offset;
                if (pass == 0)
                    norm += polynomial * polynomial;
                else
                    weights[i] = (float)(order * polynomial / norm);
            }
        }
    }
}
