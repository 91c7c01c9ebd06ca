using SpeechEmotion.Live;

namespace SpeechEmotion.Tests.Live;

public class LatencyHistogramTests
{
    [Test]
    public void Quantile_Counts_IsExactToTwoPercent()
    {
        var tally = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++)
            tally.Add(i * 0.1);
        Assert.That(tally.Quantile(0.5), Is.EqualTo(50).Within(2).Percent);
        Assert.That(tally.Quantile(0.95), Is.EqualTo(95).Within(2).Percent);
    }

    [Test]
    public void Quantile_NothingOrExtremes_AreInRange()
    {
        var tally = new LatencyHistogram();
        Assert.That(tally.Quantile(0.5), Is.Zero);
        tally.Add(0);
        tally.Add(1e12);
        Assert.That(tally.Quantile(0.5), Is.EqualTo(0.01));
        Assert.That(tally.Quantile(1), Is.GreaterThan(1e6));
    }
}
