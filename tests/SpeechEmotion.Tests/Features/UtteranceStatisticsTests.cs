using SpeechEmotion.Features;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Features;

public sealed class UtteranceStatisticsTests
{
    private static readonly string[] Names = [.. UtteranceStatistics.Names];

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(64)]
    [TestCase(203)]
    [TestCase(300)]
    public void Compute_RandomClip_IsWhatTheDefinitionsGive(int frames)
    {
        const int features = 37;
        var random = new SeededRandom((ulong)frames);
        var clip = new FeatureMatrix([.. Enumerable.Range(0, features * frames)
            .Select(i => (float)((20 * random.NextDouble()) - (i % features)))], features, frames);
        float[] statistics = UtteranceStatistics.Compute(clip);
        for (int row = 0; row < features; row++)
            Assert.That(statistics[(row * Names.Length)..((row + 1) * Names.Length)],
                Is.EqualTo(Expected(clip.Row(row).ToArray())).Within(2e-3), $"feature {row}");
    }

    [Test]
    public void Compute_Ramp_HasItsSlopeFromFirstFrameToLast()
    {
        float[] statistics = UtteranceStatistics.Compute(new FeatureMatrix([.. Enumerable.Range(0, 101).Select(i => 2 + (i / 10f))], 1,
            101));
        Assert.That(statistics[Array.IndexOf(Names, "slope")], Is.EqualTo(10f).Within(1e-4));
        Assert.That(statistics[Array.IndexOf(Names, "p25")], Is.EqualTo(4.5f).Within(1e-4));
        Assert.That(statistics[Array.IndexOf(Names, "skewness")], Is.Zero.Within(1e-4));
    }

    private static float[] Expected(float[] values)
    {
        double mean = values.Average(v => (double)v), middle = (values.Length - 1) / 2.0;
        double standardDeviation = Math.Max(Math.Sqrt(values.Average(v => Math.Pow(v - mean, 2))), 1e-5);
        double[] steps = [.. Enumerable.Range(4, Math.Max(0, values.Length - 4)).Select(i => Math.Abs((double)values[i] - values[i - 4]))
            .DefaultIfEmpty(0)];
        float[] sorted = [.. values.Order()];
        double squares = Enumerable.Range(0, values.Length).Sum(i => (i - middle) * (i - middle));
        double slope = squares > 0 ? Enumerable.Range(0, values.Length).Sum(i => (i - middle) * (values[i] - mean)) / squares
            * (values.Length - 1) : 0;
        double Percentile(double share)
        {
            double place = share * (sorted.Length - 1);
            int low = (int)place;
            return sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
        }
        return [.. new[] { mean, standardDeviation, Percentile(0.05), Percentile(0.25), Percentile(0.5), Percentile(0.75),
            Percentile(0.95), steps.Average(), steps.Max(), slope,
            values.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(standardDeviation, 3) }.Select(value => (float)value)];
    }
}
