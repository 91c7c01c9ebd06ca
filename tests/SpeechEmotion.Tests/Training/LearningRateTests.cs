using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class LearningRateTests
{
    private static readonly TrainingSettings Settings = new() { LearningRate = 0.5, WarmUp = 0.2 };

    [Test]
    public void At_WarmUp_RisesLinearlyToThePeak()
    {
        // 20 of 100 steps: (step + 1) / 21 of the peak.
        Assert.That(LearningRate.At(Settings, 0, 100), Is.EqualTo(0.5 / 21).Within(1e-12));
        Assert.That(LearningRate.At(Settings, 19, 100), Is.EqualTo(0.5 * 20 / 21).Within(1e-12));
        Assert.That(LearningRate.At(Settings, 20, 100), Is.EqualTo(0.5).Within(1e-12));
    }

    [Test]
    public void At_AfterWarmUp_FallsAlongACosineToZero()
    {
        Assert.That(LearningRate.At(Settings, 60, 100), Is.EqualTo(0.25).Within(1e-12));
        Assert.That(LearningRate.At(Settings, 99, 100), Is.LessThan(0.001).And.GreaterThan(0));
    }

    [Test]
    public void At_NoWarmUp_StartsAtThePeak()
    {
        Assert.That(LearningRate.At(Settings with { WarmUp = 0 }, 0, 10), Is.EqualTo(0.5));
    }
}
