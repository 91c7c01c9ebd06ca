using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class JudgementTests
{
    [Test]
    public void Of_Probabilities_TakesTheHighest()
    {
        Judgement judgement = Judgement.Of("x.wav", "s", "a", Judgements.Abc, [0.2f, 0.5f, 0.3f]);
        Assert.Multiple(() =>
        {
            Assert.That(judgement.Predicted, Is.EqualTo("b"));
            Assert.That(judgement.Confidence, Is.EqualTo(0.5f));
            Assert.That(judgement.IsRight, Is.False);
        });
    }

    [Test]
    public void Of_Tie_TakesTheFirst()
    {
        Assert.That(Judgement.Of("x.wav", "s", "a", Judgements.Abc, [0.2f, 0.4f, 0.4f]).Predicted, Is.EqualTo("b"));
    }

    [Test]
    public void Of_NotANumber_NamesFileAndLabel()
    {
        Assert.That(() => Judgement.Of("x.wav", "s", "a", Judgements.Abc, [0.2f, float.NaN, 0.4f]),
            Throws.ArgumentException.With.Message.Contains("x.wav").And.Message.Contains("of b"));
    }

    [Test]
    public void Of_TooFewProbabilities_Throws()
    {
        Assert.That(() => Judgement.Of("x.wav", "s", "a", Judgements.Abc, [1f]), Throws.ArgumentException);
    }
}
