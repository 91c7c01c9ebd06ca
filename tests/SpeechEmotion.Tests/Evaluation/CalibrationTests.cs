using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class CalibrationTests
{
    [Test]
    public void Compute_TwoBins_IsTheWeightedGap()
    {
        // By hand: 4 at 0.9, 3 of them right: gap 0.15 × 4/6; 2 at 0.6, 2 right: gap 0.4 × 2/6.
        Calibration calibration = Calibration.Compute([
            .. ScoredUtterances.Times(3, ScoredUtterances.Abc, 0, 0, confidence: 0.9f),
            .. ScoredUtterances.Times(1, ScoredUtterances.Abc, 1, 0, confidence: 0.9f),
            .. ScoredUtterances.Times(2, ScoredUtterances.Abc, 2, 2, confidence: 0.6f)]);
        Assert.That(calibration.Ece, Is.EqualTo(0.15 * 4 / 6 + 0.4 * 2 / 6).Within(1e-6));
        Assert.That(calibration.Bins, Has.Count.EqualTo(15));
        Assert.That(calibration.Bins[13], Is.EqualTo(new ReliabilityBin(13.0 / 15, 14.0 / 15, 4, 0.9f, 0.75)));
        Assert.That(calibration.Bins[0].Accuracy, Is.Null);
    }

    [Test]
    public void Compute_EdgeOfABin_BelongsToTheLowerBin()
    {
        // Guo et al. 2017: bins are open below and closed above. 1 is the top of the last bin.
        Calibration calibration = Calibration.Compute(
            [.. ScoredUtterances.Times(1, ScoredUtterances.Abc, 0, 0, confidence: 1)]);
        Assert.That(calibration.Bins[14].Count, Is.EqualTo(1));
        Assert.That(calibration.Ece, Is.Zero);
    }

    [Test]
    public void Compute_AlwaysRightAtSixtyPercent_IsFortyPercentOff()
    {
        Assert.That(Calibration.Compute(
            [.. ScoredUtterances.Times(10, ScoredUtterances.Abc, 0, 0, confidence: 0.6f)]).Ece, Is.EqualTo(0.4).Within(1e-6));
    }
}
