using SpeechEmotion.Models;
using SpeechEmotion.Settings;
using SpeechEmotion.Training;
using static TorchSharp.torch;

namespace SpeechEmotion.Tests.Training;

public class SupervisedContrastiveLossTests
{
    /// <summary>Three orthogonal embeddings, but for the first two: the loss is calculated by hand.</summary>
    [Test]
    public void Compute_OnePositive_IsTheCrossEntropyOfFindingIt()
    {
        using var scope = NewDisposeScope();
        double cosine = 0.6;
        Tensor vectors = Vectors([1, 0, 0], [0.6f, 0.8f, 0], [0, 0, 5]);
        double loss = SupervisedContrastiveLoss.Compute([vectors], [0, 0, 1], ["a", "b", "c"], CPU).item<float>();
        // Two candidates: the positive at cosine 0.6, the other at 0. The third utterance has no positive and adds 0 to the mean over
        // three.
        double expected = 2 * Math.Log(1 + Math.Exp(-cosine / 0.1)) / 3;
        Assert.That(loss, Is.EqualTo(expected).Within(1e-6));
    }

    [Test]
    public void Compute_SeveralPositives_IsTheirMean()
    {
        using var scope = NewDisposeScope();
        Tensor vectors = Vectors([1, 0], [0, 1], [1, 0]);
        double loss = SupervisedContrastiveLoss.Compute([vectors], [0, 0, 0], ["a", "b", "c"], CPU).item<float>();
        double near = Math.Log(1 + Math.Exp(-10)), far = 10 + near, alike = Math.Log(2);
        // First and third are alike and orthogonal to the second, which is at the same distance from both.
        Assert.That(loss, Is.EqualTo(((2 * ((near + far) / 2)) + alike) / 3).Within(1e-5));
    }

    /// <summary>The formula by definition, from lists of parts and exponentials, without matrices of weights.</summary>
    [TestCase(1f)]
    [TestCase(0.7f)]
    [TestCase(0.5f)]
    public void Compute_Mixup_IsTheMixtureOfTheLossesOfTheParts(float lambda)
    {
        using var scope = NewDisposeScope();
        SeededRandom random = Seeds.Random(1, "contrastive");
        const int Count = 9;
        float[][] rows = [.. Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, 4).Select(_ => (float)random.Normal()).ToArray())];
        int[] labels = [.. Enumerable.Range(0, Count).Select(_ => random.Next(3))];
        string[] speakers = [.. Enumerable.Range(0, Count).Select(_ => $"{random.Next(3)}")];
        double expected = 0;
        for (int i = 0; i < Count; i++)
        {
            double total = Enumerable.Range(0, Count).Where(j => j != i).Sum(j => Math.Exp(Similarity(rows[i], rows[j])));
            foreach ((string speaker, int label, double share) in Parts(i))
            {
                double loss = 0, positives = 0;
                for (int j = 0; j < Count; j++)
                    foreach ((string other, int same, double part) in Parts(j))
                        if (j != i && same == label && other != speaker)
                        {
                            loss -= part * Math.Log(Math.Exp(Similarity(rows[i], rows[j])) / total);
                            positives += part;
                        }
                expected += positives == 0 ? 0 : share * loss / positives / Count;
            }
        }
        double actual = SupervisedContrastiveLoss.Compute([Vectors(rows)], labels, speakers, CPU, lambda).item<float>();
        Assert.That(actual, Is.EqualTo(expected).Within(1e-5));
        Assert.That(expected, Is.GreaterThan(0.1));
        if (lambda == 1)
            Assert.That(actual, Is.EqualTo(SupervisedContrastiveLoss.Compute([Vectors(rows)], labels, speakers, CPU).item<float>()));
        else
            Assert.That(actual, Is.Not.EqualTo(SupervisedContrastiveLoss.Compute([Vectors(rows)], labels, speakers, CPU).item<float>())
                .Within(1e-3), "hard labels");

        (string Speaker, int Label, double Share)[] Parts(int i) =>
            [(speakers[i], labels[i], lambda), (speakers[(i + 1) % Count], labels[(i + 1) % Count], 1 - lambda)];

        static double Similarity(float[] a, float[] b) =>
            10 * a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
    }

    [Test]
    public void Compute_NoPositive_IsZero()
    {
        using var scope = NewDisposeScope();
        Tensor vectors = Vectors([1, 0], [0, 1]);
        Assert.That(SupervisedContrastiveLoss.Compute([vectors], [0, 0], ["a", "a"], CPU).item<float>(), Is.Zero);
        Assert.That(SupervisedContrastiveLoss.Compute([vectors], [0, 1], ["a", "b"], CPU).item<float>(), Is.Zero);
    }

    [Test]
    public void Compute_LongerVectors_IsTheSame()
    {
        using var scope = NewDisposeScope();
        Tensor vectors = Vectors([1, 2], [3, -1], [0.5f, 1]);
        float loss = Loss(vectors), tenfold = Loss(vectors.Over(0.1));
        Assert.That(tenfold, Is.EqualTo(loss).Within(1e-5));
        Assert.That(Loss(Vectors([0, 0], [3, -1], [0.5f, 1])), Is.Not.NaN, "a vector of zeros has no direction");

        static float Loss(Tensor vectors) => SupervisedContrastiveLoss.Compute([vectors], [0, 0, 1], ["a", "b", "c"], CPU).item<float>();
    }

    [Test]
    public void Compute_SeveralMembers_IsTheirMean()
    {
        using var scope = NewDisposeScope();
        Tensor first = Vectors([1, 0], [0, 1]), second = Vectors([1, 0, 0], [1, 0, 0]);
        Tensor other = Vectors([1, 0], [0, 1], [1, 1]);
        float[] each = [.. new[] { other, other.neg() }.Select(one => Loss([one]))];
        Assert.That(Loss([other, other.neg()]), Is.EqualTo(each.Average()).Within(1e-6));
        // Members may differ in width; single speakercandidate the loss is 0.
        Assert.That(SupervisedContrastiveLoss.Compute([first, second], [0, 0], ["a", "b"], CPU).item<float>(), Is.Zero.Within(1e-6));

        static float Loss(Tensor[] members) => SupervisedContrastiveLoss.Compute(members, [0, 0, 1], ["a", "b", "c"], CPU).item<float>();
    }

    [Test]
    public void Compute_StepAgainstItsGradient_IncreasesTheSimilarityOfPositives()
    {
        using var scope = NewDisposeScope();
        Tensor vectors = Vectors([1, 0], [0, 1], [-1, 0.2f], [0.3f, -1]).requires_grad_();
        int[] labels = [0, 0, 1, 1];
        string[] speakers = ["a", "b", "a", "b"];
        Tensor loss = SupervisedContrastiveLoss.Compute([vectors], labels, speakers, CPU);
        loss.backward();
        Tensor moved = vectors.detach().Plus(vectors.grad!, -0.01);
        Assert.That(SupervisedContrastiveLoss.Compute([moved], labels, speakers, CPU).item<float>(), Is.LessThan(loss.item<float>()));
        Assert.That(Cosine(moved, 0, 1), Is.GreaterThan(Cosine(vectors, 0, 1)));
        Assert.That(Cosine(moved, 2, 3), Is.GreaterThan(Cosine(vectors, 2, 3)));
    }

    private static double Cosine(Tensor vectors, int first, int second)
    {
        float[] a = [.. vectors[first].data<float>()], b = [.. vectors[second].data<float>()];
        return a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));
    }

    private static Tensor Vectors(params float[][] rows) =>
        PaddedBatch.ToTensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
