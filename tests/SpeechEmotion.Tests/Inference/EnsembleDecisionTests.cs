using SpeechEmotion.Inference;

namespace SpeechEmotion.Tests.Inference;

public class EnsembleDecisionTests
{
    private static readonly float[] Logits = [1.5f, -0.5f, 0.25f, 2f, 2f, -3f]; // two members, three emotions

    [Test]
    public void Combine_OneMember_IsItsSoftmax()
    {
        float[] probabilities = EnsembleDecision.Combine([0, (float)Math.Log(3)], 2, [], 1);
        Assert.That(probabilities, Is.EqualTo(new[] { 0.25f, 0.75f }).Within(1e-6));
    }

    [Test]
    public void Combine_TwoMembers_IsTheirGeometricMean()
    {
        double[] first = Softmax(Logits[..3]), second = Softmax(Logits[3..]);
        double[] product = [.. first.Zip(second, (a, b) => Math.Sqrt(a * b))];
        Assert.That(EnsembleDecision.Combine(Logits, 3, [], 1), Is.EqualTo(product.Select(p => p / product.Sum())).Within(1e-6));
    }

    [Test]
    public void Combine_Temperature_RaisesEachToItsPower()
    {
        float[] plain = EnsembleDecision.Combine(Logits, 3, [], 1), sharp = EnsembleDecision.Combine(Logits, 3, [], 0.25);
        double sum = plain.Sum(p => Math.Pow(p, 4));
        Assert.That(sharp, Is.EqualTo(plain.Select(p => Math.Pow(p, 4) / sum)).Within(1e-6));
    }

    [Test]
    public void Combine_Offset_IsSubtractedFromEachMember()
    {
        // The offset removes the first member's decision; the second one's stays with half its weight.
        float[] centred = EnsembleDecision.Combine(Logits, 3, [.. Logits[..3], 0, 0, 0], 1);
        double[] second = [.. Logits[3..].Select(logit => Math.Exp(logit / 2))];
        Assert.That(centred, Is.EqualTo(second.Select(each => each / second.Sum())).Within(1e-6));
    }

    [Test]
    public void Combine_HugeLogits_StayFinite()
    {
        float[] probabilities = EnsembleDecision.Combine([1e30f, -1e30f, 0], 3, [], 0.1);
        Assert.That(probabilities, Is.EqualTo(new[] { 1f, 0f, 0f }));
    }

    private static double[] Softmax(float[] logits)
    {
        double sum = logits.Sum(logit => Math.Exp(logit));
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }
}
