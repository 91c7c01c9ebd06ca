using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

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
            .. ScoredUtterances.Times(2, ScoredUtterances.Abc, 2, 2, confidence: 0.6f)], seed: 1);
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
            [.. ScoredUtterances.Times(1, ScoredUtterances.Abc, 0, 0, confidence: 1)], seed: 1);
        Assert.That(calibration.Bins[14].Count, Is.EqualTo(1));
        Assert.That(calibration.Ece, Is.Zero);
    }

    [Test]
    public void Compute_AlwaysRightAtSixtyPercent_IsFortyPercentOff()
    {
        Assert.That(Calibration.Compute(
            [.. ScoredUtterances.Times(10, ScoredUtterances.Abc, 0, 0, confidence: 0.6f)], seed: 1).Ece, Is.EqualTo(0.4).Within(1e-6));
    }

    [Test]
    public void Compute_EveryEdge_BelongsToTheLowerBin()
    {
        // As floats 3/15, 6/15, 9/15 and others lie above the exact edge. The bins are (i/15, (i + 1)/15].
        for (int edge = 1; edge <= Calibration.BinCount; edge++)
        {
            float confidence = (float)(edge / 15.0);
            Assert.That(BinOf(confidence), Is.EqualTo(edge - 1), $"{edge}/15");
            if (edge < Calibration.BinCount)
                Assert.That(BinOf(MathF.BitIncrement(confidence)), Is.EqualTo(edge), $"above {edge}/15");
        }
        Assert.That(BinOf(0), Is.Zero);

        static int BinOf(float confidence)
        {
            Calibration calibration = Calibration.Compute(
                [new ScoredUtterance("x.wav", "", "a", "a", new() { ["a"] = confidence, ["b"] = 0 })], seed: 1);
            return Enumerable.Range(0, Calibration.BinCount).Single(i => calibration.Bins[i].Count == 1);
        }
    }

    [Test]
    public void Compute_BrierScore_IsTheMeanSquaredDistance()
    {
        // By hand: (0.7 − 1)² + 0.2² + 0.1² = 0.14 and 0.5² + (0.3 − 1)² + 0.2² = 0.78, mean 0.46.
        Calibration calibration = Calibration.Compute([
            ScoredUtterance.Create("1.wav", "", "a", ScoredUtterances.OfAbc(0.7f, 0.2f, 0.1f)),
            ScoredUtterance.Create("2.wav", "", "b", ScoredUtterances.OfAbc(0.5f, 0.3f, 0.2f))], seed: 1);
        Assert.That(calibration.Brier.Value, Is.EqualTo(0.46).Within(1e-6));
        Assert.That(calibration.Brier.Ci95.Low, Is.EqualTo(0.14).Within(1e-6), "a quarter of the resamples is the first twice");
        Assert.That(calibration.Brier.Ci95.High, Is.EqualTo(0.78).Within(1e-6));
    }

    /// <summary>A calibrated model and an overconfident one, whose true error is known, on small tests.</summary>
    [TestCase(1, 0)]
    [TestCase(0.8, 0.2)]
    public void Compute_SmallTests_DebiasedEceIsNearTheTruth(double correctShare, double truth)
    {
        // Confidences are uniform from 0.5 to 1 or its multiple; predictions are correct with 'correctShare' times the confidence, so the
        // error is (1 − share) times the mean confidence of 0.75, and with the share 0.8: 0.15.
        truth *= 0.75;
        double plain = 0, debiased = 0, chance = 0;
        int inside = 0;
        const int Tests = 60;
        for (int test = 0; test < Tests; test++)
        {
            SeededRandom random = Seeds.Random(test, "calibration test");
            Calibration calibration = Calibration.Compute([.. Enumerable.Range(0, 150).Select(i =>
            {
                float confidence = (float)(0.5 + (0.5 * random.NextDouble()));
                string label = random.NextDouble() < correctShare * confidence ? "a" : "b";
                return new ScoredUtterance($"{i}.wav", "", label, "a", new() { ["a"] = confidence, ["b"] = 1 - confidence });
            })], seed: test);
            plain += calibration.Ece / Tests;
            debiased += calibration.EceDebiased.Value / Tests;
            chance += calibration.EceIfCalibrated / Tests;
            inside += calibration.EceDebiased.Ci95.Low <= truth && truth <= calibration.EceDebiased.Ci95.High ? 1 : 0;
        }
        Assert.That(Math.Abs(debiased - truth), Is.LessThan(0.03));
        Assert.That(inside, Is.GreaterThanOrEqualTo(54), "95 % of 60 are 57");
        if (truth == 0)
        {
            Assert.That(plain, Is.GreaterThan(0.07), "chance alone gives an error");
            Assert.That(plain, Is.EqualTo(chance).Within(0.01));
        }
    }

    [Test]
    public void Compute_RepeatedUtterances_CountsEachAsOneCase()
    {
        ScoredUtterance[] once = [.. Enumerable.Range(0, 40).Select(i =>
            ScoredUtterance.Create($"{i}.wav", "", i % 3 == 0 ? "b" : "a", ScoredUtterances.OfAbc(0.6f + (0.01f * i / 2), 0.2f, 0.1f)))];
        Interval one = Calibration.Compute(once, seed: 1).Brier.Ci95,
            twice = Calibration.Compute([.. once, .. once], seed: 1, repeated: true).Brier.Ci95;
        Assert.That(twice.High - twice.Low, Is.EqualTo(one.High - one.Low).Within(0.05 * (one.High - one.Low)));
    }
}
