using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class IntervalTests
{
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3 (score).
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void Wilson_PublishedCases_MatchNewcombe(int hits, int cases, double low, double high)
    {
        Interval interval = Interval.Wilson(hits, cases);
        Assert.That(interval.Low, Is.EqualTo(low).Within(5e-5));
        Assert.That(interval.High, Is.EqualTo(high).Within(5e-5));
    }

    [Test]
    public void Percentiles_Integers_InterpolateAsNumpy()
    {
        // numpy.percentile(range(101), [2.5, 97.5]) = [2.5, 97.5].
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)(100 - i))];
        Assert.That(Interval.Percentiles(values), Is.EqualTo(new Interval(2.5, 97.5)));
    }
}
