using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class BootstrapTests
{
    private static readonly string[] Ab = ["a", "b"];

    [Test]
    public void OverUtterances_Accuracy_IsTheBinomialInterval()
    {
        // A resample's hits are binomial (400, 0.9): 2.5 % quantile 348, 97.5 % quantile 371 (normal: 360 ± 11.76, lattice of 1).
        ConfusionMatrix matrix = ConfusionMatrix.From(Ab, [[200, 20], [20, 160]]);
        Interval accuracy = Bootstrap.OverUtterances(matrix, seed: 1).Accuracy;
        Assert.That(accuracy.Low * 400, Is.EqualTo(348).Within(1.5));
        Assert.That(accuracy.High * 400, Is.EqualTo(371.5).Within(1.5));
    }

    [Test]
    public void OverUtterances_OneClassOfOneHundred_UarHasTheWidthOfTheSmallClass()
    {
        // Class a 900 of 900, class b 5 of 10: UAR = (1 + r) / 2, r about binomial (10, 0.5) / 10: 0.2 to 0.8 → 0.6 to 0.9.
        Interval uar = Bootstrap.OverUtterances(ConfusionMatrix.From(Ab, [[900, 0], [5, 5]]), seed: 3).Uar;
        Assert.That(uar.Low, Is.EqualTo(0.6).Within(0.03));
        Assert.That(uar.High, Is.EqualTo(0.9).Within(0.03));
    }

    [Test]
    public void OverUtterances_SameSeed_IsTheSame()
    {
        ConfusionMatrix matrix = ConfusionMatrix.From(Ab, [[50, 20], [20, 60]]);
        var first = Bootstrap.OverUtterances(matrix, 7);
        var second = Bootstrap.OverUtterances(matrix, 7);
        var other = Bootstrap.OverUtterances(matrix, 8);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [Test]
    public void OverUtterances_WholeOfTess_TakesLessThanASecond()
    {
        int[][] counts = [.. Enumerable.Range(0, 7).Select(t => Enumerable.Range(0, 7).Select(p => t == p ? 340 : 10).ToArray())];
        ConfusionMatrix matrix = ConfusionMatrix.From([.. Enumerable.Range(0, 7).Select(i => $"{i}")], counts);
        // Processor time: on a busy machine the wall clock does not measure the work.
        TimeSpan before = Environment.CpuUsage.TotalTime;
        _ = Bootstrap.OverUtterances(matrix, seed: 1);
        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        TestContext.Out.WriteLine($"2,000 resamples of {matrix.Total} utterances: {taken.TotalMilliseconds:0} ms");
        Assert.That(taken, Is.LessThan(TimeSpan.FromSeconds(1)));
    }
}
