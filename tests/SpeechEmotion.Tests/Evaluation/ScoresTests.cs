using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class ScoresTests
{
    [Test]
    public void Uar_ExampleOfBalancedAccuracyScore_Is0625()
    {
        // scikit-learn's documentation of balanced_accuracy_score.
        Scores scores = Compute(["a", "b"], [0, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]);
        Assert.That(scores.Uar, Is.EqualTo(0.625).Within(1e-12));
    }

    [Test]
    public void MacroF1_ExampleOfF1Score_Is026()
    {
        // scikit-learn's documentation of f1_score: f1 of the classes 0.8, 0, 0.
        Scores scores = Compute(ScoredUtterances.Abc, [0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1]);
        Assert.That(scores.MacroF1, Is.EqualTo(0.8 / 3).Within(1e-12));
    }

    [Test]
    public void Compute_ExampleOfClassificationReport_HasItsAverages()
    {
        // scikit-learn's documentation of classification_report: accuracy 0.60, macro recall 0.56, macro f1 0.49.
        Scores scores = Compute(ScoredUtterances.Abc, [0, 1, 2, 2, 2], [0, 0, 2, 2, 1]);
        Assert.Multiple(() =>
        {
            Assert.That(scores.Accuracy, Is.EqualTo(0.6).Within(1e-12));
            Assert.That(scores.Uar, Is.EqualTo((1 + 0 + 2.0 / 3) / 3).Within(1e-12));
            Assert.That(scores.MacroF1, Is.EqualTo((2.0 / 3 + 0 + 0.8) / 3).Within(1e-12));
        });
    }

    [Test]
    public void Compute_ClassThatNeverOccurs_CountsForNoMean()
    {
        // By hand: c neither occurs nor is predicted; a 2 of 2, b 1 of 2.
        Scores scores = Compute(ScoredUtterances.Abc, [0, 0, 1, 1], [0, 0, 1, 0]);
        Assert.Multiple(() =>
        {
            Assert.That(scores.Uar, Is.EqualTo(0.75).Within(1e-12));
            Assert.That(scores.MacroF1, Is.EqualTo((4.0 / 5 + 2.0 / 3) / 2).Within(1e-12));
        });
    }

    [Test]
    public void Compute_ClassPredictedButAbsent_LowersF1AndNotUar()
    {
        // By hand: c does not occur but is predicted once, so its F1 is 0 and it has no recall.
        Scores scores = Compute(ScoredUtterances.Abc, [0, 0, 1, 1], [0, 0, 1, 2]);
        Assert.Multiple(() =>
        {
            Assert.That(scores.Uar, Is.EqualTo(0.75).Within(1e-12));
            Assert.That(scores.MacroF1, Is.EqualTo((1 + 2.0 / 3 + 0) / 3).Within(1e-12));
        });
    }

    private static Scores Compute(string[] labels, int[] truth, int[] predicted) =>
        ConfusionMatrix.From(labels, ScoredUtterances.From(labels, truth, predicted)).Scores;
}
