using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix Example =
        ConfusionMatrix.From(ScoredUtterances.Abc, ScoredUtterances.From(ScoredUtterances.Abc, [2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]));

    [Test]
    public void From_ExampleOfConfusionMatrix_HasRowsOfTruth()
    {
        // scikit-learn's documentation of confusion_matrix.
        Assert.That(Enumerable.Range(0, 3).Select(Example.Row), Is.EqualTo(new int[][] { [2, 0, 0], [0, 0, 1], [1, 0, 2] }));
        Assert.That(Example.Total, Is.EqualTo(6));
    }

    [Test]
    public void RowShare_IsOfTheRow()
    {
        Assert.That(Example.RowShare(2, 0), Is.EqualTo(1.0 / 3).Within(1e-12));
    }

    [Test]
    public void RowShare_EmptyRow_IsNull()
    {
        Assert.That(new ConfusionMatrix(ScoredUtterances.Abc).RowShare(1, 1), Is.Null);
    }

    [Test]
    public void ComputeClassMetrics_ExampleOfClassificationReport_EqualsIt()
    {
        // scikit-learn's documentation of classification_report: 0.50 1.00 0.67 1; 0 0 0 1; 1.00 0.67 0.80 3.
        ConfusionMatrix matrix = ConfusionMatrix.From(
            ScoredUtterances.Abc, ScoredUtterances.From(ScoredUtterances.Abc, [0, 1, 2, 2, 2], [0, 0, 2, 2, 1]));
        Assert.Multiple(() =>
        {
            Assert.That(matrix.ComputeClassMetrics(0), Is.EqualTo(new ClassMetrics(0.5, 1, 2.0 / 3, 1)));
            Assert.That(matrix.ComputeClassMetrics(1), Is.EqualTo(new ClassMetrics(0, 0, 0, 1)));
            Assert.That(matrix.ComputeClassMetrics(2), Is.EqualTo(new ClassMetrics(1, 2.0 / 3, 0.8, 3)));
        });
    }

    [Test]
    public void From_LabelThatTheModelLacks_NamesFileAndLabel()
    {
        ScoredUtterance calm = new("x.wav", "", "calm", "a", ScoredUtterances.OfAbc(1, 0, 0));
        Assert.That(() => ConfusionMatrix.From(ScoredUtterances.Abc, [calm]),
            Throws.ArgumentException.With.Message.Contains("x.wav").And.Message.Contains("'calm'").And.Message.Contains("a, b, c"));
    }

    [Test]
    public void From_CountsOfAnotherShape_Throws()
    {
        Assert.That(() => ConfusionMatrix.From(ScoredUtterances.Abc, [[1, 2, 3], [1, 2]]), Throws.ArgumentException);
    }

    [Test]
    public void New_LabelTwice_Throws()
    {
        Assert.That(() => new ConfusionMatrix(["a", "a"]), Throws.ArgumentException.With.Message.Contains("'a'"));
    }
}
