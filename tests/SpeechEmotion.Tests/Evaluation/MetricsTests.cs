using SpeechEmotion.Evaluation;

namespace SpeechEmotion.Tests.Evaluation;

internal sealed class MetricsTests
{
    [Test]
    public void Compute_TwoSpeakers_HasMetricsOfEach()
    {
        // By hand: s1 has a 2 of 2 and b 1 of 2; s2 has b 0 of 1.
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [
            .. ScoredUtterances.From(ScoredUtterances.Abc, [1], [0], "s2"),
            .. ScoredUtterances.From(ScoredUtterances.Abc, [0, 0, 1, 1], [0, 0, 1, 2], "s1")], seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.PerSpeaker.Keys, Is.EqualTo(new[] { "s1", "s2" }));
            Assert.That(metrics.PerSpeaker["s1"], Is.EqualTo(new SpeakerMetrics(0.75, 0.75, 4)));
            Assert.That(metrics.PerSpeaker["s2"], Is.EqualTo(new SpeakerMetrics(0, 0, 1)));
            Assert.That(metrics.Accuracy.Value, Is.EqualTo(0.6).Within(1e-12));
            Assert.That(metrics.Accuracy.Ci95Speakers, Is.Null);
            Assert.That(metrics.PerClass.Keys, Is.EqualTo(ScoredUtterances.Abc));
        });
    }

    [Test]
    public void Compute_FiveSpeakers_HasTheIntervalOfStudentsT()
    {
        // The speakers have 3, 2, 4, 2 and 3 of 4 right: mean 0.7, standard deviation √0.04375, t(4; 0.975) = 2.776445: 0.7 ± 0.259712.
        // The percentiles of resampled speakers were 0.55 and 0.85.
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [.. Speakers(5)], seed: 1);
        Assert.Multiple(() =>
        {
            Assert.That(metrics.Accuracy.Value, Is.EqualTo(0.7).Within(1e-12));
            Assert.That(metrics.Accuracy.Ci95Speakers!.Value.Low, Is.EqualTo(0.440288).Within(1e-6));
            Assert.That(metrics.Accuracy.Ci95Speakers!.Value.High, Is.EqualTo(0.959712).Within(1e-6));
            Assert.That(metrics.Uar.Ci95Speakers, Is.Not.Null.And.Not.EqualTo(metrics.Accuracy.Ci95Speakers));
            Assert.That(metrics.MacroF1.Ci95Speakers, Is.Not.Null.And.Not.EqualTo(metrics.Uar.Ci95Speakers));
            Assert.That(metrics.Calibration.Brier.Ci95Speakers, Is.Not.Null);
        });
    }

    [Test]
    public void Compute_TwoSpeakers_HasNoIntervalOverSpeakers()
    {
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [.. Speakers(Jackknife.MinSpeakers - 1)], seed: 1);
        Assert.That(
            new[] { metrics.Accuracy, metrics.Uar, metrics.MacroF1, metrics.Calibration.Brier }.Select(metric => metric.Ci95Speakers),
            Is.All.Null);
    }

    [Test]
    public void Compute_UtteranceWithoutSpeaker_HasNoIntervalOverSpeakers()
    {
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [.. Speakers(6), .. ScoredUtterances.Times(1, ScoredUtterances.Abc, 0, 0)],
            seed: 1);
        Assert.That(metrics.Accuracy.Ci95Speakers, Is.Null);
    }

    [Test]
    public void Compute_NoMisclassification_WilsonHasAWidthWhereTheBootstrapHasNone()
    {
        // Wilson for n of n: low = n / (n + z²) = 560 / 563.841.
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [.. ScoredUtterances.Times(560, ScoredUtterances.Abc, 1, 1)], seed: 1);
        Assert.That(metrics.Accuracy.Ci95, Is.EqualTo(new Interval(1, 1)));
        Assert.That(metrics.Accuracy.Wilson95!.Value.Low, Is.EqualTo(0.993187).Within(1e-6));
    }

    [Test]
    public void Compute_OrderOfUtterances_ChangesNothing()
    {
        List<ScoredUtterance> scoredUtterances = [.. Speakers(5)];
        Metrics forth = Metrics.Compute(ScoredUtterances.Abc, scoredUtterances, seed: 4);
        scoredUtterances.Reverse();
        Metrics back = Metrics.Compute(ScoredUtterances.Abc, scoredUtterances, seed: 4);
        Assert.That(back.Accuracy, Is.EqualTo(forth.Accuracy));
        Assert.That(back.Uar, Is.EqualTo(forth.Uar));
        Assert.That(back.MacroF1, Is.EqualTo(forth.MacroF1));
        Assert.That(back.PerSpeaker, Is.EqualTo(forth.PerSpeaker));
        Assert.That((back.Calibration.EceDebiased, back.Calibration.Brier, back.Calibration.EceIfCalibrated),
            Is.EqualTo((forth.Calibration.EceDebiased, forth.Calibration.Brier, forth.Calibration.EceIfCalibrated)));
    }

    [Test]
    public void Compute_Misclassifications_AreSortedByConfidenceAndLimited()
    {
        Metrics metrics = Metrics.Compute(ScoredUtterances.Abc, [
            new ScoredUtterance("low.wav", "s", "a", "b", ScoredUtterances.OfAbc(0.3f, 0.5f, 0.2f)),
            new ScoredUtterance("high.wav", "s", "a", "c", ScoredUtterances.OfAbc(0.05f, 0.05f, 0.9f)),
            .. ScoredUtterances.Times(30, ScoredUtterances.Abc, 1, 0, confidence: 0.4f)], seed: 1);
        Assert.That(metrics.Misclassifications, Has.Count.EqualTo(Metrics.MaxMisclassifications));
        Assert.That(metrics.Misclassifications[0], Is.EqualTo(new Misclassification("high.wav", "s", "a", "c", 0.9f, 0.05f)));
        Assert.That(metrics.Misclassifications[1].Path, Is.EqualTo("low.wav"));
    }

    [Test]
    public void Compute_NoUtterance_Throws()
    {
        Assert.That(() => Metrics.Compute(ScoredUtterances.Abc, [], seed: 1),
            Throws.ArgumentException.With.Message.Contains("no utterance"));
    }

    private static IEnumerable<ScoredUtterance> Speakers(int count) =>
        Enumerable.Range(0, count).SelectMany(i =>
            ScoredUtterances.From(ScoredUtterances.Abc, [0, 1, 2, 0], [0, 1, i % 3, i % 2], $"s{i}"));
}
