using SpeechEmotion.Evaluation;
using SpeechEmotion.Evaluation.Robustness;

namespace SpeechEmotion.Tests.Evaluation.Robustness;

public class RobustnessMetricsTests
{
    private static readonly string[] Labels = ["a", "b"];

    [Test]
    public void Compute_FourUtterances_CountsByHand()
    {
        // Truth a a b b; as recorded a b b a; disturbed b b b b.
        ScoredUtterance[] clean = [Scored(0, "a", 0.9f), Scored(1, "a", 0.4f), Scored(2, "b", 0.2f), Scored(3, "b", 0.7f)];
        ScoredUtterance[] disturbed = [Scored(0, "a", 0.3f), Scored(1, "a", 0.4f), Scored(2, "b", 0.2f), Scored(3, "b", 0.1f)];
        RobustnessMetrics metrics =
            RobustnessMetrics.Compute("loud", Labels, clean, CleanMetrics.Compute(Labels, clean, 1), disturbed, 1);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.Condition, Is.EqualTo("loud"));
            Assert.That(metrics.Utterances, Is.EqualTo(4));
            Assert.That(metrics.Skipped, Is.Null);
            Assert.That(metrics.Clean!.Uar.Value, Is.EqualTo(0.5));
            Assert.That(metrics.Clean.Accuracy, Is.EqualTo(0.5));
            Assert.That(metrics.Clean.MeanConfidence, Is.EqualTo((0.9 + 0.6 + 0.8 + 0.7) / 4).Within(1e-6));
            Assert.That(metrics.Uar!.Value, Is.EqualTo(0.5));
            Assert.That(metrics.Accuracy, Is.EqualTo(0.5));
            Assert.That(metrics.Unchanged, Is.EqualTo(0.5));
            Assert.That(metrics.Lost, Is.EqualTo(0.25));
            Assert.That(metrics.Gained, Is.EqualTo(0.25));
            Assert.That(metrics.MeanConfidence, Is.EqualTo((0.7 + 0.6 + 0.8 + 0.9) / 4).Within(1e-6));
            Assert.That(metrics.Confusion, Is.EqualTo(new[] { new[] { 0, 2 }, [0, 2] }));
        });
    }

    private static ScoredUtterance Scored(int path, string truth, float a) =>
        ScoredUtterance.Create($"{path}", "", truth, new OrderedDictionary<string, float> { ["a"] = a, ["b"] = 1 - a });
}
