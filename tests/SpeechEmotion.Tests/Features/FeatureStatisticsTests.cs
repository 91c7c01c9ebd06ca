using SpeechEmotion.Features;

namespace SpeechEmotion.Tests.Features;

public class FeatureStatisticsTests
{
    [Test]
    public void Compute_Values_AreTheirFourNumbers() =>
        Assert.That(FeatureStatistics.Compute([2, 4, 4, 4, 5, 5, 7, 9]).Values, Is.EqualTo(new double[] { 5, 2, 2, 9 }));

    [Test]
    public void Compute_OneValue_HasStandardDeviationZero() =>
        Assert.That(FeatureStatistics.Compute([-3]).Values, Is.EqualTo(new double[] { -3, 0, -3, -3 }));
}
