using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Mixup (Zhang et al. 2018): features, utterance statistics and targets of each clip become λ times its own plus 1 − λ times those of
/// the next clip of the batch, with one λ from Beta(α, α) per batch.
/// </summary>
internal static class Mixup
{
    /// <summary>Mixes the clips and targets of a batch in place; the returned batch has the λ.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="alpha">The α of Beta(α, α).</param>
    /// <param name="random">The generator of λ.</param>
    public static TrainingBatch Apply(TrainingBatch batch, double alpha, SeededRandom random)
    {
        float lambda = (float)DrawLambda(alpha, random);
        // Every clip is mixed with the next one, the last with the first; each row is read before it is changed.
        for (int feature = 0; feature < batch.Clips.Features; feature++)
        {
            float[] first = batch.Clips.Row(0, feature).ToArray();
            for (int clip = 0; clip < batch.Clips.Count; clip++)
                Blend(batch.Clips.Row(clip, feature), clip + 1 < batch.Clips.Count ? batch.Clips.Row(clip + 1, feature) : first, lambda);
        }
        BlendRows(batch.Clips.Statistics, batch.Clips.Count, lambda);
        BlendRows(batch.Targets, batch.Clips.Count, lambda);
        if (batch.Classes.Length > 0)
            JoinRows(batch.Classes, batch.Clips.Count);
        int firstLength = batch.Clips.Lengths[0];
        for (int clip = 0; clip < batch.Clips.Count; clip++)
        {
            bool last = clip + 1 == batch.Clips.Count;
            batch.Clips.Lengths[clip] = Math.Max(batch.Clips.Lengths[clip], last ? firstLength : batch.Clips.Lengths[clip + 1]);
        }
        return batch with { Lambda = lambda };
    }

    /// <summary>Mixes rows of equal width, [count, width] row-major, in the same way.</summary>
    private static void BlendRows(float[] rows, int count, float lambda)
    {
        int width = rows.Length / count;
        float[] first = rows[..width];
        for (int i = 0; i < count; i++)
            Blend(rows.AsSpan(i * width, width), i + 1 < count ? rows.AsSpan((i + 1) * width, width) : first, lambda);
    }

    /// <summary>A mixed clip can be of the emotions of either corpus.</summary>
    private static void JoinRows(float[] rows, int count)
    {
        int width = rows.Length / count;
        float[] before = [.. rows];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = Math.Max(before[i], before[(i + width) % rows.Length]);
    }

    private static void Blend(Span<float> own, ReadOnlySpan<float> other, float lambda)
    {
        for (int i = 0; i < own.Length; i++)
            own[i] = (lambda * own[i]) + ((1 - lambda) * other[i]);
    }

    /// <summary>max(λ, 1 − λ) with λ from Beta(α, α): at least 0.5, so that a clip's own label keeps the larger weight.</summary>
    internal static double DrawLambda(double alpha, SeededRandom random)
    {
        double a = Gamma(alpha, random), b = Gamma(alpha, random);
        double lambda = a + b > 0 ? a / (a + b) : 0.5;
        return Math.Max(lambda, 1 - lambda);
    }

    /// <summary>A value from the gamma distribution of scale 1 (Marsaglia and Tsang 2000, with their boost for shapes below 1).</summary>
    private static double Gamma(double shape, SeededRandom random)
    {
        if (shape < 1)
            return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.Normal(), v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
