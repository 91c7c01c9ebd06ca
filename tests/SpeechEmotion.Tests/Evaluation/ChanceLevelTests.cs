using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class ChanceLevelTests
{
    [Test]
    public void Compute_ClassThatDoesNotOccur_IsNotCounted()
    {
        // Three utterances of a, one of b, none of c.
        var matrix = ConfusionMatrix.From(["a", "b", "c"], [[1, 1, 1], [0, 1, 0], [0, 0, 0]]);
        Assert.That(ChanceLevel.Compute(matrix), Is.EqualTo(new ChanceLevel(Uar: 0.5, Accuracy: 0.75)));
    }
}
