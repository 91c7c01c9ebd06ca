using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;

namespace SpeechEmotion.Tests.Training;

public class MixupTests
{
    [TestCase(0.2)]
    [TestCase(0.4)]
    [TestCase(1)]
    [TestCase(3)]
    public void DrawLambda_ManyDraws_HasTheMomentsOfTheFoldedDistribution(double alpha)
    {
        SeededRandom random = Seeds.Random(1, "beta");
        double[] shares = [.. Enumerable.Range(0, 40000).Select(_ => Mixup.DrawLambda(alpha, random))];
        Assert.That(shares, Is.All.InRange(0.5, 1.0));
        // Folding about the mean 1/2 keeps the second moment about it: Var Beta(α, α) = 1 / (4 (2α + 1)).
        double variance = 1 / (4 * ((2 * alpha) + 1));
        Assert.That(shares.Average(share => (share - 0.5) * (share - 0.5)), Is.EqualTo(variance).Within(0.02 * variance));
        // E|X − 1/2| = 4^−α / (2α B(α, α)): 1/4 for the uniform distribution, 0.15625 for α = 3.
        if (alpha is 1 or 3)
            Assert.That(shares.Average() - 0.5, Is.EqualTo(alpha == 1 ? 0.25 : 0.15625).Within(0.005));
    }

    [Test]
    public void Apply_ThreeClips_BlendsEachWithTheNext()
    {
        using TrainingBatch batch = Batch();
        float share = Mixup.Apply(batch, 0.4, Seeds.Random(5, "mixup")).Lambda;
        Assert.That(share, Is.EqualTo(batch.Targets[0]).Within(1e-6));
        Assert.That(share, Is.InRange(0.5f, 1f));
        float rest = 1 - share;
        Assert.That(batch.Targets, Is.EqualTo(new[] { share, rest, 0, 0, share, rest, rest, 0, share }).Within(1e-6));
        Assert.That(batch.Clips.Row(0, 0).ToArray(), Is.EqualTo(new[] { share + (10 * rest), share + (10 * rest), share }).Within(1e-5));
        Assert.That(batch.Clips.Row(1, 0).ToArray(), Is.EqualTo(new[] { (10 * share) + (100 * rest), 10 * share, 0 }).Within(1e-4));
        Assert.That(batch.Clips.Row(2, 0).ToArray(), Is.EqualTo(new[] { (100 * share) + rest, rest, rest }).Within(1e-4));
        Assert.That(batch.Clips.Lengths, Is.EqualTo(new[] { 3, 2, 3 }));
        Assert.That(batch.Labels, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Apply_AnySeed_KeepsTargetsDistributions()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            using TrainingBatch batch = Batch();
            Mixup.Apply(batch, 0.3, Seeds.Random(seed, "mixup"));
            for (int clip = 0; clip < 3; clip++)
            {
                float[] target = batch.Targets[(3 * clip)..(3 * (clip + 1))];
                Assert.That(target.Sum(), Is.EqualTo(1).Within(1e-6));
                Assert.That(target[clip], Is.GreaterThanOrEqualTo(0.5f), "a clip keeps its own label as the heavier one");
            }
        }
    }

    private static TrainingBatch Batch() => new(
        PaddedBatch.From([new(new([1, 1, 1], 1, 3), [1, 5]), new(new([10, 10], 1, 2), [10, 50]), new(new([100], 1, 1), [100, 500])]),
        [0, 1, 2],
        ["a", "b", "c"],
        [1, 0, 0, 0, 1, 0, 0, 0, 1]);
}
