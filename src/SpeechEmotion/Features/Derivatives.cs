using System.Numerics;

namespace SpeechEmotion.Features;

/// <summary>
/// Derivatives over time by a polynomial fit to nine frames (Savitzky and Golay 1964; <c>librosa.feature.delta</c>, width 9, mode
/// "interp"): a line for the first derivative, a parabola for the second. The first and last four frames have the derivative of the
/// first and last nine. A clip of fewer than nine frames, which librosa rejects, is fitted at once.
/// </summary>
internal static class Derivatives
{
    /// <summary>Number of frames of one fit.</summary>
    public const int Width = 9;

    /// <summary>Computes the first (order 1, per frame) or second (order 2, per frame²) derivative of a row.</summary>
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
        int frame = 0;
        for (; frame <= fits - Vector<float>.Count; frame += Vector<float>.Count)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int i = 0; i < width; i++)
                sum = Vector.FusedMultiplyAdd(new Vector<float>(row[(frame + i)..]), new Vector<float>(weights[i]), sum);
            sum.CopyTo(middle[frame..]);
        }
        for (; frame < fits; frame++)
        {
            float sum = 0;
            for (int i = 0; i < width; i++)
                sum = MathF.FusedMultiplyAdd(row[frame + i], weights[i], sum);
            middle[frame] = sum;
        }
        result[..half].Fill(middle[0]);
        result[(half + fits)..].Fill(middle[^1]);
    }

    // Projection on the orthogonal polynomial of this degree over equally spaced frames. The leading coefficient times order! is the
    // derivative.
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
