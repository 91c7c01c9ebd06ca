using SpeechEmotion.Evaluation;
using SpeechEmotion.Settings;

namespace SpeechEmotion.Tests.Evaluation;

public sealed class TemperatureScalingTests
{
    private const int Many = 20000;

    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(2.5)]
    public void Fit_TruthsDrawnFromScaledProbabilities_FindsTheTemperature(double temperature)
    {
        SeededRandom random = Seeds.Random(1, "draws");
        (float[] Predicted, int Truth)[] draws = [.. Enumerable.Range(0, Many).Select(_ => Draw(random, temperature))];
        double found = TemperatureScaling.Fit([.. draws.Select(draw => draw.Predicted)], [.. draws.Select(draw => draw.Truth)]);
        Assert.That(found, Is.EqualTo(temperature).Within(0.05 * temperature));
    }

    [Test]
    public void Fit_TwoOutcomes_MatchesTheirOdds()
    {
        // By hand: the model predicts 0.8; 60 of 100 are right, and one prior utterance counts as half right: log(4) / T = log(odds).
        float[][] predicted = [.. Enumerable.Repeat(new[] { 0.8f, 0.2f }, 100)];
        int[] truths = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 0 : 1)];
        double share = ((100.0 / 101 * 60) + (1.0 / 101 * 50)) / 100;
        Assert.That(TemperatureScaling.Fit(predicted, truths), Is.EqualTo(Math.Log(4) / Math.Log(share / (1 - share))).Within(1e-6));
    }

    [Test]
    public void Fit_NoMisclassification_KeepsTheConfidenceBelowOne()
    {
        float[][] predicted = [.. Enumerable.Repeat(new[] { 0.9f, 0.05f, 0.05f }, 50)];
        double temperature = TemperatureScaling.Fit(predicted, new int[50]);
        double sure = Math.Pow(0.9, 1 / temperature), rest = 2 * Math.Pow(0.05, 1 / temperature);
        Assert.That(sure / (sure + rest), Is.EqualTo(1 - (2.0 / 3 / 51)).Within(1e-6));
    }

    [Test]
    public void Fit_AlwaysWrongAndConfident_StopsAtTheMaximum()
    {
        Assert.That(TemperatureScaling.Fit([[0.99f, 0.01f], [1, 0]], [1, 1]), Is.EqualTo(TemperatureScaling.MaxTemperature).Within(1e-9));
    }

    [Test]
    public void Fit_OtherNumberOfTruths_IsRefused()
    {
        Assert.That(() => TemperatureScaling.Fit([[0.5f, 0.5f]], [0, 1]), Throws.ArgumentException);
        Assert.That(() => TemperatureScaling.Fit([], []), Throws.ArgumentException);
    }

    // Predicted probabilities, and a label drawn from the calibrated ones.
    private static (float[] Predicted, int Truth) Draw(SeededRandom random, double temperature)
    {
        double[] logits = [.. Enumerable.Range(0, 4).Select(_ => 4 * random.NextDouble())];
        double[] right = [.. logits.Select(logit => Math.Exp(logit / temperature))];
        double left = random.NextDouble() * right.Sum();
        int truth = 0;
        while (truth < right.Length - 1 && left >= right[truth])
            left -= right[truth++];
        double sum = logits.Sum(Math.Exp);
        return ([.. logits.Select(logit => (float)(Math.Exp(logit) / sum))], truth);
    }
}
