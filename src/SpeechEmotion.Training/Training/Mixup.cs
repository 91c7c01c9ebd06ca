using SpeechEmotion.Settings;

namespace SpeechEmotion.Training;

/// <summary>
/// Mixup (Zhang et al. 2018): each clip of a batch becomes λ of itself and 1 − λ of its neighbour in the batch, the target
/// likewise, with one λ from Beta(α, α) for the batch.
/// </summary>
internal static class Mixup
{
    public static void Apply(TrainingBatch batch, double alpha, SeededRandom random)
    {
        float share = (float)DrawLambda(alpha, random);
        // Every clip with the next one, the last with the first: each row is read before it is changed.
        for (int feature = 0; feature < batch.Clips.Features; feature++)
        {
            float[] first = batch.Clips.Row(0, feature).ToArray();
            for (int clip = 0; clip < batch.Clips.Count; clip++)
                Blend(batch.Clips.Row(clip, feature), clip + 1 < batch.Clips.Count ? batch.Clips.Row(clip + 1, feature) : first, share);
        }
        BlendRows(batch.Clips.Statistics, batch.Clips.Count, share);
        BlendRows(batch.Targets, batch.Clips.Count, share);
        int firstLength = batch.Clips.Lengths[0];
        for (int clip = 0; clip < batch.Clips.Count; clip++)
        {
            bool last = clip + 1 == batch.Clips.Count;
            batch.Clips.Lengths[clip] = Math.Max(batch.Clips.Lengths[clip], last ? firstLength : batch.Clips.Lengths[clip + 1]);
        }
    }

    /// <summary>The same for rows of equal width that follow each other.</summary>
    private static void BlendRows(float[] rows, int count, float share)
    {
        int width = rows.Length / count;
        float[] first = rows[..width];
        for (int i = 0; i < count; i++)
            Blend(rows.AsSpan(i * width, width), i + 1 < count ? rows.AsSpan((i + 1) * width, width) : first, share);
    }

    private static void Blend(Span<float> own, ReadOnlySpan<float> other, float share)
    {
        for (int i = 0; i < own.Length; i++)
            own[i] = (share * own[i]) + ((1 - share) * other[i]);
    }

    /// <summary>A value from Beta(α, α), at least 0.5 so that a clip keeps its own label as the heavier one.</summary>
    internal static double DrawLambda(double alpha, SeededRandom random)
    {
        double a = Gamma(alpha, random), b = Gamma(alpha, random);
        double share = a + b > 0 ? a / (a + b) : 0.5;
        return Math.Max(share, 1 - share);
    }

    /// <summary>Gamma-distributed with scale 1 (Marsaglia and Tsang 2000; below shape 1 by their power of a uniform number).</summary>
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
