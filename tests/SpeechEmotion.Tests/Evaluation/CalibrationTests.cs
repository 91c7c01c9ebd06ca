using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class CalibrationTests
{
    [Test]
    public void Of_TwoBins_IsTheWeightedGap()
    {
        // By hand: 4 at 0.9, 3 of them right: gap 0.15 × 4/6; 2 at 0.6, 2 right: gap 0.4 × 2/6.
        Calibration calibration = Calibration.Of(Judgements.Abc, [
            .. Judgements.Times(3, Judgements.Abc, 0, 0, confidence: 0.9f), .. Judgements.Times(1, Judgements.Abc, 1, 0, confidence: 0.9f),
            .. Judgements.Times(2, Judgements.Abc, 2, 2, confidence: 0.6f)]);
        Assert.That(calibration.Ece, Is.EqualTo(0.15 * 4 / 6 + 0.4 * 2 / 6).Within(1e-6));
        Assert.That(calibration.Bins, Has.Count.EqualTo(15));
        Assert.That(calibration.Bins[13], Is.EqualTo(new ReliabilityBin(13.0 / 15, 14.0 / 15, 4, 0.9f, 0.75)));
        Assert.That(calibration.Bins[0].Accuracy, Is.Null);
    }

    [Test]
    public void Of_EdgeOfABin_BelongsToTheLowerBin()
    {
        // Guo et al. 2017: bins are open below and closed above. 1 is the top of the last bin.
        Calibration calibration = Calibration.Of(Judgements.Abc, [.. Judgements.Times(1, Judgements.Abc, 0, 0, confidence: 1)]);
        Assert.That(calibration.Bins[14].Count, Is.EqualTo(1));
        Assert.That(calibration.Ece, Is.Zero);
    }

    [Test]
    public void Of_AlwaysRightAtSixtyPercent_IsFortyPercentOff()
    {
        Assert.That(Calibration.Of(Judgements.Abc, [.. Judgements.Times(10, Judgements.Abc, 0, 0, confidence: 0.6f)]).Ece, Is.EqualTo(0.4).Within(1e-6));
    }
}
