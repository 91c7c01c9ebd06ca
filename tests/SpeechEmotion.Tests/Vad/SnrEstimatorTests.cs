using SpeechEmotion.Vad;

namespace SpeechEmotion.Tests.Vad;

public class SnrEstimatorTests
{
    [Test]
    public void Shift_BeforeAnySpeech_IsNone()
    {
        var ratio = new SnrEstimator();
        ratio.Add(isSpeech: false, 1e-9);
        Assert.That(ratio.Shift(noise: 1), Is.Zero);
    }

    [TestCase(40, 0)]
    [TestCase(20, 0)]
    [TestCase(15, 0.625)]
    [TestCase(10, 1.25)]
    [TestCase(-5, 1.25)]
    public void Shift_SpeechSoFarAboveTheNoise_GrowsFromTwentyDecibelsDownToTen(double decibels, double shift)
    {
        var ratio = new SnrEstimator();
        ratio.Add(isSpeech: true, 1e-3);
        Assert.That(ratio.Shift(1e-3 * Math.Pow(10, -decibels / 10)), Is.EqualTo(shift).Within(1e-9));
    }

    [Test]
    public void Shift_SpeechBecomesSofter_FollowsItInSomeTenSeconds()
    {
        var ratio = new SnrEstimator();
        for (int i = 0; i < 1000; i++)
            ratio.Add(isSpeech: true, 1);
        double loud = ratio.Shift(noise: 0.01);
        for (int i = 0; i < 1500; i++)
            ratio.Add(isSpeech: true, 0.1);
        Assert.That(loud, Is.Zero.Within(1e-9));
        Assert.That(ratio.Shift(noise: 0.01), Is.GreaterThan(1.2));
    }

    [Test]
    public void Shift_NoNoise_IsNone()
    {
        var ratio = new SnrEstimator();
        ratio.Add(isSpeech: true, 1);
        Assert.That(ratio.Shift(noise: 0), Is.Zero);
    }
}
