using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class JackknifeTests
{
    private static readonly string[] Ab = ["a", "b"];

    [Test]
    public void Intervals_SpeakersOfEqualSize_AreStudentsTOnTheirOwnValues()
    {
        // Accuracies 0.5, 0.6, 0.7, 0.8, 0.9 of 20 utterances each: mean 0.7, standard deviation √0.025, t(4; 0.975) = 2.776445.
        // scipy.stats.t.interval(0.95, 4, 0.7, 0.025**0.5 / 5**0.5) = (0.50368, 0.89632).
        ConfusionMatrix[] speakers = [.. new[] { 5, 6, 7, 8, 9 }.Select(hits => Of([[hits, 10 - hits], [10 - hits, hits]]))];
        (Interval accuracy, Interval uar, _) = Jackknife.Intervals(Sum(speakers), speakers);
        Assert.That(accuracy.Low, Is.EqualTo(0.50368).Within(1e-5));
        Assert.That(accuracy.High, Is.EqualTo(0.89632).Within(1e-5));
        // Equally many utterances of each class: UAR is accuracy.
        Assert.That((uar.Low, uar.High), Is.EqualTo((accuracy.Low, accuracy.High)).Within(1e-9));
    }

    [Test]
    public void Intervals_UnequalSpeakers_AreStudentsTOnThePseudoValues()
    {
        ConfusionMatrix[] speakers = [Of([[8, 2], [1, 3]]), Of([[4, 4], [5, 9]]), Of([[20, 1], [0, 6]]), Of([[3, 3], [2, 2]])];
        ConfusionMatrix all = Sum(speakers);
        double[] pseudo = [.. speakers.Select((_, i) =>
            (4 * all.Scores.MacroF1) - (3 * Sum([.. speakers.Where((_, j) => j != i)]).Scores.MacroF1))];
        double mean = pseudo.Average(), error = Math.Sqrt(pseudo.Sum(x => (x - mean) * (x - mean)) / 3 / 4);
        Interval interval = Jackknife.Intervals(all, speakers).MacroF1;
        // t(3; 0.975) = 3.182446.
        Assert.That(interval.Low, Is.EqualTo(all.Scores.MacroF1 - (3.182446 * error)).Within(1e-6));
        Assert.That(interval.High, Is.EqualTo(Math.Min(1, all.Scores.MacroF1 + (3.182446 * error))).Within(1e-6));
    }

    [Test]
    public void Intervals_EqualSpeakers_HaveNoWidth()
    {
        ConfusionMatrix one = Of([[8, 2], [1, 9]]);
        Interval accuracy = Jackknife.Intervals(Sum([one, one, one]), [one, one, one]).Accuracy;
        Assert.That((accuracy.Low, accuracy.High), Is.EqualTo((0.85, 0.85)).Within(1e-12));
    }

    [Test]
    public void Interval_BeyondTheMetric_IsLimited() =>
        Assert.That(Jackknife.Interval(0.5, [0, 0.5, 1]), Is.EqualTo(new Interval(0, 1)));

    private static ConfusionMatrix Of(int[][] counts) => ConfusionMatrix.From(Ab, counts);

    private static ConfusionMatrix Sum(ConfusionMatrix[] speakers) => Of([.. Enumerable.Range(0, 2)
        .Select(truth => Enumerable.Range(0, 2).Select(predicted => speakers.Sum(speaker => speaker[truth, predicted])).ToArray())]);
}
