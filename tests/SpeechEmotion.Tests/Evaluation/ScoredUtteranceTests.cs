using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class ScoredUtteranceTests
{
    [Test]
    public void Create_Probabilities_TakesTheHighest()
    {
        ScoredUtterance scored = ScoredUtterance.Create("x.wav", "s", "a", ScoredUtterances.OfAbc(0.2f, 0.5f, 0.3f));
        Assert.Multiple(() =>
        {
            Assert.That(scored.Predicted, Is.EqualTo("b"));
            Assert.That(scored.Confidence, Is.EqualTo(0.5f));
            Assert.That(scored.IsCorrect, Is.False);
        });
    }

    [Test]
    public void Create_Tie_TakesTheFirst()
    {
        Assert.That(ScoredUtterance.Create("x.wav", "s", "a", ScoredUtterances.OfAbc(0.2f, 0.4f, 0.4f)).Predicted, Is.EqualTo("b"));
    }

    [Test]
    public void Create_NotANumber_NamesFileAndLabel()
    {
        Assert.That(() => ScoredUtterance.Create("x.wav", "s", "a", ScoredUtterances.OfAbc(0.2f, float.NaN, 0.4f)),
            Throws.ArgumentException.With.Message.Contains("x.wav").And.Message.Contains("of b"));
    }

    [Test]
    public void Create_NoProbabilities_Throws()
    {
        Assert.That(() => ScoredUtterance.Create("x.wav", "s", "a", []), Throws.ArgumentException.With.Message.StartsWith("x.wav"));
    }
}
