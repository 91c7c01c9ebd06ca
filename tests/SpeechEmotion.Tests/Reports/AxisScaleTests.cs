using SpeechEmotion.Reports;

namespace SpeechEmotion.Tests.Reports;

internal sealed class AxisScaleTests
{
    [Test]
    public void Epochs_One_IsOneTick()
    {
        AxisScale scale = AxisScale.Epochs(1, max: 12);
        Assert.That(scale.Ticks, Is.EqualTo(new double[] { 1 }));
        Assert.That(scale.High, Is.GreaterThan(scale.Low));
    }

    [Test]
    public void Epochs_Twelve_AreAllThere()
    {
        Assert.That(AxisScale.Epochs(12, max: 12).Ticks, Is.EqualTo(Enumerable.Range(1, 12)));
    }

    [Test]
    public void Epochs_TwoHundred_AreOneAndMultiplesOfTwenty()
    {
        Assert.That(AxisScale.Epochs(200, max: 12).Ticks, Is.EqualTo(new double[] { 1, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200 }));
    }

    [Test]
    public void Epochs_AnyNumber_AreWholeRisingAndFew()
    {
        for (int last = 1; last <= 2000; last++)
        {
            double[] ticks = AxisScale.Epochs(last, max: 12).Ticks;
            Assert.That(ticks, Is.Ordered.Ascending.And.All.Matches<double>(tick => tick == Math.Floor(tick) && tick >= 1 && tick <= last));
            Assert.That(ticks, Is.Unique.And.Length.LessThanOrEqualTo(14), $"{last} epochs");
        }
    }

    [TestCase(0.337, 1.0, 0.2, 1.0, 1)]
    [TestCase(0.95, 1.0, 0.95, 1.0, 2)]
    [TestCase(0, 1.66, 0, 2, 1)]
    [TestCase(0, 0.01, 0, 0.01, 3)]
    [TestCase(0, 83.2, 0, 100, 0)]
    public void Round_ARange_EndsAtRoundNumbers(double low, double high, double roundLow, double roundHigh, int decimals)
    {
        AxisScale scale = AxisScale.Round(low, high, max: 6);
        Assert.Multiple(() =>
        {
            Assert.That(scale.Low, Is.EqualTo(roundLow).Within(1e-12));
            Assert.That(scale.High, Is.EqualTo(roundHigh).Within(1e-12));
            Assert.That(scale.Decimals, Is.EqualTo(decimals));
        });
    }
}
